import { KeyturnError } from '../../errors.ts';
import type { CreatedAccessKey } from '../../iam/index.ts';
import { openSink } from '../../sinks/open-sink.ts';
import type { AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { formatAnswer, type Answer } from '../output/answer.ts';
import type { JsonObject } from '../output/json.ts';
import { keepsSecret } from '../output/query.ts';
import { formatRecord } from '../output/table.ts';
import { formatTime } from '../output/time.ts';
import { composeSinkWorld } from '../sink-world.ts';

/** Where the secret of a new key goes: chosen and checked before there is a key, as AWS tells a secret once. */
export interface Destination {
  /** For messages. */
  readonly name: string;
  /** Whether it would take a key. @throws {KeyturnError} where it would not */
  check(): Promise<void>;
  /** Comes back when the secret has arrived. @throws where it has not */
  deliver(key: CreatedAccessKey): Promise<void>;
  /** The answer to print once the secret is there, where printing is not the delivery itself. */
  describe?(key: CreatedAccessKey): string;
}

export interface DestinationInput {
  readonly to?: string;
  readonly force?: boolean;
  readonly showSecret?: boolean;
}

/**
 * Chooses the destination: `--to`, else stdout, where that was asked for with `--show-secret` or with an output that
 * keeps the secret.
 *
 * @param openDoor for a sink that is in AWS
 * @throws {KeyturnError} `ERR_USAGE` where the secret would be lost
 */
export async function chooseDestination(
  context: Context,
  input: DestinationInput,
  openDoor: () => Promise<AwsDoor>,
): Promise<Destination> {
  return input.to === undefined ? chooseStdout(context, input) : chooseSink(context, input.to, input.force, openDoor);
}

async function chooseSink(
  context: Context,
  to: string,
  force: boolean | undefined,
  openDoor: () => Promise<AwsDoor>,
): Promise<Destination> {
  const { form, interruption } = context;
  if (form.query !== undefined && keepsSecret(form.query)) {
    throw new KeyturnError('ERR_USAGE', 'the secret goes to --to, and --query would print it too', {
      hint: 'leave out --to, or take SecretAccessKey out of --query',
    });
  }
  const world = await composeSinkWorld(context, async () => (await openDoor()).sinkAws);
  const sink = openSink(to, { ...world, force });
  return {
    name: sink.name,
    check: () => sink.check(undefined, interruption.signal),
    deliver: (key) => sink.deliver(key, { replaces: undefined, requireLease: () => undefined }),
    describe: (key) => formatAnswer(describeKey(key), form),
  };
}

function chooseStdout({ form, printer }: Context, { showSecret, force }: DestinationInput): Destination {
  if (force) throw new KeyturnError('ERR_USAGE', '--force belongs to --to');
  const isKept = form.query === undefined ? showSecret === true || form.output !== 'table' : keepsSecret(form.query);
  if (!isKept) {
    throw new KeyturnError('ERR_USAGE', 'the secret of the new key, which AWS tells only once, would be lost', {
      hint:
        form.query === undefined
          ? 'add --to profile:NAME, or --show-secret to print it'
          : 'keep it in --query, as in --query AccessKey.[AccessKeyId,SecretAccessKey]',
    });
  }
  return {
    name: 'standard output',
    check: () => Promise.resolve(),
    async deliver(key) {
      const secret = key.SecretAccessKey.reveal();
      const text = formatAnswer(describeKey(key, secret), form);
      // The query kept the secret of a sample; it may still have dropped this one.
      if (!text.includes(secret)) throw new KeyturnError('ERR_USAGE', '--query left out the secret of the new key');
      await printer.data(text);
    },
  };
}

/** The answer of `keys create`, with the secret only where it is printed. */
function describeKey({ UserName, AccessKeyId, Status, CreateDate }: CreatedAccessKey, secret?: string): Answer {
  const created = formatTime(CreateDate);
  const shown = secret === undefined ? {} : { SecretAccessKey: secret };
  const row: JsonObject = { UserName, AccessKeyId, Status, ...shown, CreateDate: created };
  const table = formatRecord([
    ['user', UserName],
    ['access key id', AccessKeyId],
    ...(secret === undefined ? [] : ([['secret access key', secret]] as const)),
    ['status', Status],
    ['created', created],
  ]);
  return { document: { AccessKey: row }, row, table };
}
