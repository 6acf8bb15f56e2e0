/**
 * The sinks `ssm:NAME`, one parameter with a JSON object, and `ssm:IDNAME,SECRETNAME`, two parameters.
 *
 * Parameter Store has no comparison and change in one: what is there is read right before it is written over, and again
 * afterwards. The version that is replaced gets a label, under which it is found again, and which keeps it from being the
 * one that makes room for a new version.
 *
 * Two parameters cannot change at once. The secret goes first and the id last: until the id is written, the place counts as
 * holding what it held, and a delivery that broke off in between is seen by the description of the secret, which names the
 * key it belongs to. Asked for again, it is completed or taken back.
 *
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
import { SSMClient } from '@aws-sdk/client-ssm';

import { KeyturnError } from '../errors.ts';
import type { Delivery, KeyPair, Sink } from '../rotation/sink.ts';
import { changeSurely, withClient, type SinkAws } from './aws.ts';
import { usualMembers } from './json-pair.ts';
import { completePair, requireFree } from './key-pair.ts';
import { composeJsonLayout, composeTwofoldLayout, keptLabel, type Layout, type Versions } from './ssm-layout.ts';
import { openParameter, type Parameter } from './ssm-parameter.ts';

export interface ParameterPlace {
  readonly spec: string;
  readonly name: string;
  /** One name of a JSON object, or two: of the id, of the secret. */
  readonly names: readonly [string] | readonly [string, string];
  readonly force?: boolean | undefined;
}

interface OpenPlace extends ParameterPlace {
  readonly layout: Layout;
  readonly parameters: readonly Parameter[];
  readonly read: () => Promise<Versions[]>;
}

export function openSsmSink(place: ParameterPlace, aws: SinkAws): Sink {
  const { spec, name, names, force } = place;
  const [first, second] = names;
  const layout = second === undefined ? composeJsonLayout(usualMembers, name) : composeTwofoldLayout();
  const use = <T>(signal: AbortSignal | undefined, work: (place: OpenPlace) => Promise<T>): Promise<T> =>
    withClient(
      (config) => new SSMClient(config),
      { aws, service: 'ssm', arn: first },
      (client) => {
        const parameters = names.map((Name) => openParameter(client, { Name, aws, signal }));
        return work({
          ...place,
          layout,
          parameters,
          read: () => Promise.all(parameters.map((parameter) => parameter.read())),
        });
      },
    );
  return {
    spec,
    name,
    canRead: true,
    isShared: true,
    check: (replaces, signal) =>
      use(signal, async ({ read }) => {
        requireFree(layout.readHeld(await read()), '', { place: name, replaces, force });
      }),
    read: (signal) => use(signal, async ({ read }) => completePair(layout.readHeld(await read()))),
    deliver: (pair, delivery) => use(delivery.signal, (opened) => deliver(opened, pair, delivery)),
    restore: (AccessKeyId, delivery) => use(delivery.signal, (opened) => restore(opened, AccessKeyId, delivery)),
    settle: (_, { requireLease, signal }) => use(signal, (opened) => unlabel(opened, requireLease)),
  };
}

async function deliver(place: OpenPlace, pair: KeyPair, delivery: Delivery): Promise<void> {
  const { layout, name, force, parameters } = place;
  const { replaces, requireLease } = delivery;
  const all = await place.read();
  if (layout.holds(all, pair)) return;
  const held = layout.readHeld(all);
  requireFree(held, pair.AccessKeyId, { place: name, replaces, force });
  requireLease();
  if (replaces !== undefined && held.AccessKeyId === replaces) {
    for (const [index, version] of layout.findVersions(all, replaces).entries()) {
      await parameters[index]?.label(keptLabel, version);
    }
  }
  await write(place, all, pair, delivery);
}

async function restore(place: OpenPlace, AccessKeyId: string, delivery: Delivery): Promise<boolean> {
  const { layout } = place;
  const all = await place.read();
  const held = layout.readHeld(all);
  const isOurs = delivery.replaces !== undefined && held.AccessKeyId === delivery.replaces;
  if (held.AccessKeyId !== AccessKeyId && !isOurs) return false;
  const kept = layout.readPair(layout.findVersions(all, AccessKeyId));
  if (kept === undefined) return held.AccessKeyId === AccessKeyId;
  if (!layout.holds(all, kept)) {
    delivery.requireLease();
    await write(place, all, kept, delivery, true);
  }
  await unlabel(place, delivery.requireLease);
  return true;
}

/** Once begun it is not left half done by a lease that runs out. */
async function write(
  { layout, name, parameters, read }: OpenPlace,
  all: readonly Versions[],
  pair: KeyPair,
  { rotation }: Delivery,
  isWhole = false,
): Promise<void> {
  const origin = { AccessKeyId: pair.AccessKeyId, rotation };
  const isDone = async (): Promise<boolean> => layout.holds(await read(), pair);
  const writeAll = async (): Promise<void> => {
    for (const [index, value] of layout.compose(all, pair, isWhole)) {
      const newest = all[index]?.at(-1);
      if (newest !== undefined && newest.value !== value) await parameters[index]?.write(value, newest, origin);
    }
  };
  await changeSurely(name, writeAll, isDone);
  if (await isDone()) return;
  throw new KeyturnError('ERR_SINK', `${name} does not hold ${pair.AccessKeyId} after it was written`, {
    hint: 'another program writes there too: stop it, and try again',
  });
}

async function unlabel({ parameters, read }: OpenPlace, requireLease: () => void): Promise<void> {
  const all = await read();
  for (const [index, parameter] of parameters.entries()) {
    const kept = all[index]?.find(({ labels }) => labels.includes(keptLabel));
    if (kept === undefined) continue;
    requireLease();
    await parameter.unlabel(keptLabel, kept);
  }
}
