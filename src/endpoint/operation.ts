import { requireValid } from '../protocol/constraints.ts';
import { AwsFault } from '../protocol/fault.ts';
import type { ServedAction, Service } from './actions/actions.ts';
import type { Wish } from './wire.ts';

const valid = Symbol('valid');

/** An action of ours with input that satisfies its constraints. Only {@link readOperation} makes one. */
export interface Operation {
  readonly [valid]: true;
  readonly service: Service;
  readonly name: string;
  readonly action: ServedAction;
  readonly input: Record<string, unknown>;
}

/** AWS answers an action it does not know outside of any service, in a namespace of its own. */
export class UnknownAction extends AwsFault {
  readonly action: string;
  readonly version: string;

  constructor(action: string, version: string) {
    super('InvalidAction', `Could not find operation ${action} for version ${version}`);
    this.action = action;
    this.version = version;
  }
}

/**
 * What a request wants: the action first, then its input and the constraints on it.
 *
 * @throws UnknownAction, and AwsFault MissingAction, MalformedInput or ValidationError
 */
export function readOperation(service: Service, wish: Wish): Operation {
  const { action: name, version = 'NO_VERSION_SPECIFIED' } = wish;
  if (name === undefined) throw new AwsFault('MissingAction', 'Missing Action');
  const action = version === service.model.apiVersion ? service.actions.get(name) : undefined;
  if (action === undefined) throw new UnknownAction(name, version);
  const input = wish.readInput(name);
  requireValid(service.model, name, input);
  return { [valid]: true, service, name, action, input };
}
