/**
 * The sink `secretsmanager:ID[#IDKEY,SECRETKEY]`: a key pair as two members of a secret that is a JSON object.
 *
 * A delivery puts a version beside the current one, under a label of our own, and then moves AWSCURRENT from the version it
 * has read to the new one. Secrets Manager refuses that move when AWSCURRENT has gone elsewhere in between, which makes it a
 * comparison and a change in one, and itself moves AWSPREVIOUS to the version that AWSCURRENT leaves. A repetition finds the
 * pair under AWSCURRENT and changes nothing, so that the old pair is not pushed out of AWSPREVIOUS.
 *
 * Source: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html
 */
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { createHash } from 'node:crypto';

import { KeyturnError } from '../errors.ts';
import type { Delivery, KeyPair, Sink } from '../rotation/sink.ts';
import { awsCodeOf, changeSurely, withClient, type SinkAws } from './aws.ts';
import { findOtherMember, isSameJson, readJsonPair, writeJsonPair, type MemberNames } from './json-pair.ts';
import { completePair, requireFree, type HeldKey } from './key-pair.ts';
import { holdsPair } from './pair-text.ts';

export interface SecretPlace {
  readonly spec: string;
  readonly name: string;
  /** The secret's name or ARN. */
  readonly secret: string;
  readonly members: MemberNames;
  readonly force?: boolean | undefined;
}

interface Version {
  readonly VersionId: string;
  readonly text: string;
}

/** On the version that Keyturn wrote last. */
const ownLabel = 'keyturn';
/** On the version that it replaced, until the rotation closes: a version without a label may be thrown away. */
const keptLabel = 'keyturn-previous';

export function openSecretsManagerSink(place: SecretPlace, aws: SinkAws): Sink {
  const { spec, name } = place;
  const use = <T>(signal: AbortSignal | undefined, work: (secret: OpenSecret) => Promise<T>): Promise<T> =>
    withClient(
      (config) => new SecretsManagerClient(config),
      { aws, service: 'secretsmanager', arn: place.secret },
      (client) => work(openSecret(client, place, aws, signal)),
    );
  return {
    spec,
    name,
    canRead: true,
    isShared: true,
    check: (replaces, signal) =>
      use(signal, async (secret) => {
        const { text } = await secret.requireCurrent();
        requireRoom(place, text, '', replaces);
      }),
    read: (signal) =>
      use(signal, async (secret) => completePair(readHeld(place, (await secret.requireCurrent()).text))),
    deliver: (pair, delivery) => use(delivery.signal, (secret) => deliver(place, secret, pair, delivery)),
    restore: (AccessKeyId, delivery) => use(delivery.signal, (secret) => restore(place, secret, AccessKeyId, delivery)),
    settle: (_, { requireLease, signal }) =>
      use(signal, async (secret) => {
        if ((await secret.findVersion(keptLabel)) === undefined) return;
        requireLease();
        await secret.moveLabel(keptLabel, undefined);
      }),
  };
}

async function deliver(place: SecretPlace, secret: OpenSecret, pair: KeyPair, delivery: Delivery): Promise<void> {
  const { replaces, requireLease } = delivery;
  const current = await secret.requireCurrent();
  const held = readHeld(place, current.text);
  if (holdsPair(held, pair)) return;
  requireRoom(place, current.text, pair.AccessKeyId, replaces);
  const text = writeJsonPair(current.text, place.members, pair, { place: place.name });
  requireLease();
  if (replaces !== undefined && held.AccessKeyId === replaces) await secret.moveLabel(keptLabel, current.VersionId);
  const VersionId = await secret.put(text, composeToken(delivery.rotation, pair.AccessKeyId, current.VersionId));
  requireLease();
  await secret.makeCurrent(VersionId, current);
  if (holdsPair(readHeld(place, (await secret.requireCurrent()).text), pair)) return;
  throw new KeyturnError('ERR_SINK', `${place.name} does not hold ${pair.AccessKeyId} after it was written`, {
    hint: 'another program writes there too: stop it, and try again',
  });
}

/** Moves AWSCURRENT back, or where other members have changed since, writes the old pair beside them. */
async function restore(
  place: SecretPlace,
  secret: OpenSecret,
  AccessKeyId: string,
  { replaces, rotation, requireLease }: Delivery,
): Promise<boolean> {
  const current = await secret.requireCurrent();
  const held = readHeld(place, current.text);
  if (held.AccessKeyId !== AccessKeyId) {
    if (replaces === undefined || held.AccessKeyId !== replaces) return false;
    const kept = await findKept(place, secret, AccessKeyId);
    if (kept === undefined) return false;
    requireLease();
    const text = writeJsonPair(current.text, place.members, kept.pair, { place: place.name, isWhole: true });
    const VersionId = isSameJson(text, kept.text)
      ? kept.VersionId
      : await secret.put(text, composeToken(rotation, AccessKeyId, current.VersionId));
    requireLease();
    await secret.makeCurrent(VersionId, current);
  }
  if ((await secret.findVersion(keptLabel)) !== undefined) await secret.moveLabel(keptLabel, undefined);
  return true;
}

async function findKept(
  place: SecretPlace,
  secret: OpenSecret,
  AccessKeyId: string,
): Promise<(Version & { readonly pair: KeyPair }) | undefined> {
  for (const label of [keptLabel, 'AWSPREVIOUS']) {
    const version = await secret.findVersion(label);
    const pair = version && completePair(readHeld(place, version.text));
    if (version !== undefined && pair?.AccessKeyId === AccessKeyId) return { ...version, pair };
  }
  return undefined;
}

function readHeld({ members, name }: SecretPlace, text: string): HeldKey {
  return readJsonPair(text, members, name);
}

function requireRoom(place: SecretPlace, text: string, AccessKeyId: string, replaces: string | undefined): void {
  const { name, force, spec } = place;
  const held = readHeld(place, text);
  requireFree(held, AccessKeyId, { place: name, replaces, force });
  const other = held.AccessKeyId || replaces === undefined ? undefined : findOtherMember(text, replaces, name);
  if (other === undefined) return;
  throw new KeyturnError('ERR_REFUSED', `${name} holds ${replaces} in a member called ${other}`, {
    hint: `name the members: ${spec.split('#', 1)[0] ?? ''}#${other},SECRETKEY`,
  });
}

/**
 * Versions are called by what they came from: the same delivery over the same version is the same version, however often it
 * is asked for. 64 characters are what AWS takes.
 */
function composeToken(rotation = '', AccessKeyId: string, replacedVersion: string): string {
  return createHash('sha256').update([rotation, AccessKeyId, replacedVersion].join('\n')).digest('hex');
}

type OpenSecret = ReturnType<typeof openSecret>;

/** The calls to Secrets Manager, for one secret. */
function openSecret(client: SecretsManagerClient, place: SecretPlace, aws: SinkAws, abortSignal?: AbortSignal) {
  const { secret: SecretId, name } = place;
  const send = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw aws.describeFailure(error, abortSignal);
    }
  };
  const options = abortSignal === undefined ? {} : { abortSignal };

  async function readVersion(VersionStage: string): Promise<Version> {
    const command = new GetSecretValueCommand({ SecretId, VersionStage });
    const { VersionId, SecretString } = await send(client.send(command, options));
    if (VersionId !== undefined && SecretString !== undefined) return { VersionId, text: SecretString };
    throw new KeyturnError('ERR_REFUSED', `${name} is binary`, { hint: 'name a secret that is a JSON object' });
  }

  async function findVersion(label: string): Promise<Version | undefined> {
    try {
      return await readVersion(label);
    } catch (error) {
      if (awsCodeOf(error) === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  }

  async function moveLabel(VersionStage: string, MoveToVersionId: string | undefined): Promise<void> {
    const RemoveFromVersionId = (await findVersion(VersionStage))?.VersionId;
    if (RemoveFromVersionId === MoveToVersionId) return;
    const input = { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId };
    await send(client.send(new UpdateSecretVersionStageCommand(input), options));
  }

  async function requireCurrent(): Promise<Version> {
    try {
      return await readVersion('AWSCURRENT');
    } catch (error) {
      throw awsCodeOf(error) === 'ResourceNotFoundException' ? describeAbsence(place, error) : error;
    }
  }

  return {
    requireCurrent,
    findVersion,
    moveLabel,

    /** Writes a version that nobody reads yet. One of the same token and text is there already, and stays. */
    async put(SecretString: string, ClientRequestToken: string): Promise<string> {
      const input = { SecretId, SecretString, ClientRequestToken, VersionStages: [ownLabel] };
      const { VersionId } = await send(client.send(new PutSecretValueCommand(input), options));
      return VersionId ?? ClientRequestToken;
    },

    async makeCurrent(MoveToVersionId: string, { VersionId: RemoveFromVersionId }: Version): Promise<void> {
      const input = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId, RemoveFromVersionId };
      await changeSurely(
        name,
        async () => {
          await send(client.send(new UpdateSecretVersionStageCommand(input), options));
        },
        async () => (await readVersion('AWSCURRENT')).VersionId === MoveToVersionId,
      );
    },
  };
}

/** Not made here: its KMS key, tags and policy are its owner's to choose, and a name misspelled is one nobody reads. */
function describeAbsence({ name, secret }: SecretPlace, cause: unknown): KeyturnError {
  const isEmpty = cause instanceof Error && cause.message.includes('staging label');
  const command = isEmpty
    ? `aws secretsmanager put-secret-value --secret-id ${secret}`
    : `aws secretsmanager create-secret --name ${secret}`;
  const message = isEmpty ? `${name} has no value` : `there is no ${name}`;
  return new KeyturnError('ERR_REFUSED', message, { hint: `make it: ${command} --secret-string '{}'`, cause });
}
