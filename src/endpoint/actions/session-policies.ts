/** What a session is given when it is made: policies that limit it, and tags. */

import { deflateRawSync } from 'node:zlib';
import { AwsFault } from '../../protocol/fault.ts';
import type { Call } from '../action.ts';
import type { SessionPolicy, SessionTag, Tag } from '../directory/records.ts';
import { findDocument } from '../managed-policies.ts';
import { requirePolicy } from './policy-text.ts';
import { refuseInvalid } from './refusals.ts';

interface GivenPolicies {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

/** The policies of a session in the making; undefined where none are given. @throws AwsFault MalformedPolicyDocument */
export function readSessionPolicies(
  { input, caller, directory }: Call<GivenPolicies>,
  accountId = caller.accountId,
): readonly SessionPolicy[] | undefined {
  const { Policy, PolicyArns = [] } = input;
  if (Policy === undefined && PolicyArns.length === 0) return undefined;
  if (Policy !== undefined) requirePolicy(Policy, 'session');
  const managed = PolicyArns.map(({ arn = '' }) => {
    const document = findDocument(directory, accountId, arn);
    if (document === undefined) throw refuseInvalid(`PolicyArn ${arn} does not exist or is not attachable.`);
    return { id: arn, document };
  });
  return [...(Policy === undefined ? [] : [{ id: 'session policy', document: Policy }]), ...managed];
}

/** Bytes of packed policies and tags that fit into a session, by the one policy whose packed size was recorded of AWS. */
const packedLimit = 880;
/** Characters that the policies may have before they are packed. */
const plainLimit = 2_048;

/**
 * How much of the room for policies and tags a session takes, in percent: an estimate, since AWS does not say how it packs
 * but that it compresses.
 *
 * Sources: https://repost.aws/knowledge-center/iam-role-aws-sts-error and
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 *
 * @throws AwsFault PackedPolicyTooLarge
 */
export function measurePacked(policies: readonly SessionPolicy[] = [], tags: readonly Tag[] = []): number {
  const given = policies.map(({ id, document }) => (id.startsWith('arn:') ? id : document));
  const text = [...given, ...tags.flatMap(({ Key, Value }) => [Key, Value])].join('');
  const bytes = text === '' ? 0 : deflateRawSync(text).length;
  const percent = Math.ceil((bytes / packedLimit) * 100);
  const characters = policies.reduce(
    (sum, { id, document }) => sum + (id.startsWith('arn:') ? id : document).length,
    0,
  );
  const consumption = Math.max(percent, Math.ceil((characters / plainLimit) * 100));
  if (consumption <= 100) return percent;
  const consumed = `consumes ${consumption}% of allotted space`;
  throw new AwsFault(
    'PackedPolicyTooLarge',
    policies.length > 0
      ? `Packed policy ${consumed}, please use smaller policy.`
      : `Packed size of session tags ${consumed}.`,
  );
}

/**
 * The tags of a role's session: those asked for, and those that the calling session hands down.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 *
 * @throws AwsFault InvalidParameterValue
 */
export function readSessionTags(
  tags: readonly Tag[],
  transitiveKeys: readonly string[],
  inherited: readonly SessionTag[],
): readonly SessionTag[] {
  const keys = tags.map(({ Key }) => Key.toLowerCase());
  const transitive = transitiveKeys.map((key) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw refuseParameter('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (transitive.some((key) => !keys.includes(key))) {
    throw refuseParameter('The specified transitive tag key must be included in the requested tags.');
  }
  const handedDown = inherited.filter((tag) => tag.transitive);
  if (handedDown.some(({ Key }) => keys.includes(Key.toLowerCase()))) {
    const reason = 'it conflicts with a transitive tag key from the calling session.';
    throw refuseParameter(`One of the specified transitive tag keys can't be set because ${reason}`);
  }
  return [
    ...handedDown,
    ...tags.map(({ Key, Value }) => ({ Key, Value, transitive: transitive.includes(Key.toLowerCase()) })),
  ];
}

function refuseParameter(message: string): AwsFault {
  return new AwsFault('InvalidParameterValue', message);
}
