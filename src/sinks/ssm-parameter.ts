/** The calls to Parameter Store, for one parameter that is a SecureString. */
import {
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  UnlabelParameterVersionCommand,
  type ParameterHistory,
  type SSMClient,
} from '@aws-sdk/client-ssm';

import { KeyturnError } from '../errors.ts';
import { awsCodeOf, type SinkAws } from './aws.ts';

export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  /** The key that the value belongs to, as the description of what Keyturn writes says. */
  readonly belongsTo: string | undefined;
  readonly labels: readonly string[];
  readonly history: ParameterHistory;
}

export interface Parameter {
  /** The versions there are, the newest last. @throws KeyturnError ERR_REFUSED where there is no such parameter */
  read(): Promise<ParameterVersion[]>;
  /**
   * Writes a version over the one that was read. Its key, tier, policies and pattern stay; its description says for which
   * access key and which rotation it was written, in the same call, so that no crash can part the two.
   */
  write(value: string, over: ParameterVersion, origin: Origin): Promise<void>;
  label(name: string, version: ParameterVersion): Promise<void>;
  unlabel(name: string, version: ParameterVersion): Promise<void>;
}

export interface Origin {
  readonly AccessKeyId: string;
  readonly rotation?: string | undefined;
}

/** The version is named too: a description may outlive what it was written for. */
const originForm = / ?\[keyturn(?: r-[\w-]+)? (\w+) v(\d+)\]$/;
const longestDescription = 1024;

export function openParameter(
  client: SSMClient,
  { Name, aws, signal: abortSignal }: { Name: string; aws: SinkAws; signal: AbortSignal | undefined },
): Parameter {
  const options = abortSignal === undefined ? {} : { abortSignal };
  const send = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      throw aws.describeFailure(error, abortSignal);
    }
  };

  async function readHistory(): Promise<ParameterHistory[]> {
    const versions: ParameterHistory[] = [];
    let NextToken: string | undefined;
    do {
      const command = new GetParameterHistoryCommand({ Name, WithDecryption: true, MaxResults: 50, NextToken });
      const page = await send(client.send(command, options));
      versions.push(...(page.Parameters ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return versions.sort((one, other) => (one.Version ?? 0) - (other.Version ?? 0));
  }

  return {
    async read() {
      try {
        const versions = (await readHistory()).map(describeVersion);
        const type = versions.at(-1)?.history.Type;
        if (type === undefined) throw describeAbsence(Name);
        if (type !== 'SecureString') throw describeType(Name, type);
        return versions;
      } catch (error) {
        throw awsCodeOf(error) === 'ParameterNotFound' ? describeAbsence(Name, error) : error;
      }
    },

    async write(Value, { history, version }, origin) {
      const { KeyId, Tier, AllowedPattern, DataType } = history;
      const Description = describeOrigin(history.Description, origin, version + 1);
      const Policies = composePolicies(history);
      const input = { Name, Value, Description, KeyId, Tier, AllowedPattern, DataType, Policies };
      await send(client.send(new PutParameterCommand({ ...input, Type: 'SecureString', Overwrite: true }), options));
    },

    async label(name, { version, labels }) {
      if (labels.includes(name)) return;
      const input = { Name, ParameterVersion: version, Labels: [name] };
      await send(client.send(new LabelParameterVersionCommand(input), options));
    },

    async unlabel(name, { version }) {
      const input = { Name, ParameterVersion: version, Labels: [name] };
      await send(client.send(new UnlabelParameterVersionCommand(input), options));
    },
  };
}

function describeVersion(history: ParameterHistory): ParameterVersion {
  const { Version: version = 0 } = history;
  const [, belongsTo, writtenAs] = originForm.exec(history.Description ?? '') ?? [];
  return {
    version,
    value: history.Value ?? '',
    belongsTo: Number(writtenAs) === version ? belongsTo : undefined,
    labels: history.Labels ?? [],
    history,
  };
}

function describeOrigin(description = '', { AccessKeyId, rotation }: Origin, version: number): string {
  const origin = `[keyturn${rotation === undefined ? '' : ` ${rotation}`} ${AccessKeyId} v${version}]`;
  const own = description.replace(originForm, '').slice(0, longestDescription - origin.length - 1);
  return own === '' ? origin : `${own} ${origin}`;
}

/** As PutParameter takes what GetParameterHistory tells: it would drop a policy that is not said again. */
function composePolicies({ Policies = [] }: ParameterHistory): string | undefined {
  const texts = Policies.flatMap(({ PolicyText }) => PolicyText ?? []);
  return texts.length === 0 ? undefined : `[${texts.join(',')}]`;
}

/** Not made here: its key, tier and tags are its owner's to choose, and a name misspelled is one that nobody reads. */
function describeAbsence(Name: string, cause?: unknown): KeyturnError {
  return new KeyturnError('ERR_REFUSED', `there is no parameter ${Name}`, {
    hint: `make it: aws ssm put-parameter --type SecureString --name ${Name} --value '{}'; for one of two, --value -`,
    cause,
  });
}

function describeType(Name: string, type: string | undefined): KeyturnError {
  return new KeyturnError('ERR_REFUSED', `the parameter ${Name} is a ${type}, in which a secret would lie open`, {
    hint: 'delete it, and make it again as a SecureString',
  });
}
