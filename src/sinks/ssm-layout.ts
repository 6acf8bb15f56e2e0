/** How a key pair lies in Parameter Store: in one parameter or in two. Everything here is pure. */
import type { KeyPair } from '../rotation/sink.ts';
import { readJsonPair, writeJsonPair, type MemberNames } from './json-pair.ts';
import { completePair, type HeldKey } from './key-pair.ts';
import { holdsPair } from './pair-text.ts';
import type { ParameterVersion } from './ssm-parameter.ts';

/** The versions of one parameter, the newest last. */
export type Versions = readonly ParameterVersion[];

export interface Layout {
  /** What the place holds, from the versions of each of its parameters. */
  readHeld(all: readonly Versions[]): HeldKey;
  /** Whether just this pair is in the newest version of each. */
  holds(all: readonly Versions[], pair: KeyPair): boolean;
  /** The version of each parameter that has a key; none where it is not to be found any more. */
  findVersions(all: readonly Versions[], AccessKeyId: string): readonly ParameterVersion[];
  /** The pair in such versions. */
  readPair(versions: readonly ParameterVersion[]): KeyPair | undefined;
  /** What to write into which parameter, in this order. */
  compose(
    all: readonly Versions[],
    pair: KeyPair,
    isWhole: boolean,
  ): readonly (readonly [index: number, value: string])[];
}

/** The label of the versions that were replaced, until the rotation closes. */
export const keptLabel = 'keyturn-previous';

/** One parameter that is a JSON object. */
export function composeJsonLayout(members: MemberNames, place: string): Layout {
  const read = (version: ParameterVersion | undefined): HeldKey => readJsonPair(version?.value, members, place);
  const isOf = (version: ParameterVersion, AccessKeyId: string): boolean => {
    try {
      return read(version).AccessKeyId === AccessKeyId;
    } catch {
      return false;
    }
  };
  return {
    readHeld: ([versions = []]) => read(versions.at(-1)),
    holds: ([versions = []], pair) => holdsPair(read(versions.at(-1)), pair),
    findVersions([versions = []], AccessKeyId) {
      const version = versions.findLast((each) => isOf(each, AccessKeyId));
      return version === undefined ? [] : [version];
    },
    readPair: ([version]) => completePair(read(version)),
    compose: ([versions = []], pair, isWhole) => [
      [0, writeJsonPair(versions.at(-1)?.value ?? '', members, pair, { place, isWhole })],
    ],
  };
}

/** A parameter that holds nothing yet: it cannot be empty. */
const nothing = '-';

/** One parameter for the id and one for the secret. The secret is written first: the id says what the place holds. */
export function composeTwofoldLayout(): Layout {
  const readHeld = ([ids = [], secrets = []]: readonly Versions[]): HeldKey => {
    const AccessKeyId = filledValue(ids.at(-1));
    return { AccessKeyId, SecretAccessKey: filledValue(findSecret(ids, secrets, AccessKeyId)) };
  };
  return {
    readHeld,
    holds: ([ids = [], secrets = []], { AccessKeyId, SecretAccessKey }) =>
      ids.at(-1)?.value === AccessKeyId && secrets.at(-1)?.value === SecretAccessKey.reveal(),
    findVersions([ids = [], secrets = []], AccessKeyId) {
      const id = ids.findLast(({ value }) => value === AccessKeyId);
      const secret = id && findSecret([id], secrets, AccessKeyId);
      return id === undefined || secret === undefined ? [] : [id, secret];
    },
    readPair: ([id, secret]) => completePair({ AccessKeyId: filledValue(id), SecretAccessKey: filledValue(secret) }),
    compose: (_, { AccessKeyId, SecretAccessKey }) => [
      [1, SecretAccessKey.reveal()],
      [0, AccessKeyId],
    ],
  };
}

function filledValue(version: ParameterVersion | undefined): string | undefined {
  return version === undefined || version.value === nothing ? undefined : version.value;
}

/**
 * The version of the secret that belongs to an id: the one that says so, else the newest if it says nothing of another (it
 * was not written by us, as a pair with the id as it is now), else the one that a delivery that broke off left aside.
 */
function findSecret(ids: Versions, secrets: Versions, AccessKeyId: string | undefined): ParameterVersion | undefined {
  const newest = secrets.at(-1);
  const own = secrets.findLast(({ belongsTo }) => belongsTo === AccessKeyId && belongsTo !== undefined);
  if (own !== undefined) return own;
  const id = ids.at(-1);
  const isKept = id?.labels.includes(keptLabel) === true;
  const kept = isKept ? secrets.find(({ labels }) => labels.includes(keptLabel)) : undefined;
  return kept ?? (newest?.belongsTo === undefined ? newest : undefined);
}
