/**
 * Secrets Manager and Parameter Store as far as the sinks use them, for machines without moto: their JSON 1.1 protocol, and
 * the rules that count here (a label is moved only from where it is; versions are never changed).
 *
 * Sources: https://docs.aws.amazon.com/secretsmanager/latest/apireference/ and
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Input = Readonly<Record<string, unknown>>;

interface Version {
  readonly SecretString: string;
  readonly stages: Set<string>;
}

interface ParameterVersion {
  readonly [name: string]: unknown;
  readonly Version: number;
  Labels: string[];
}

/** What happens to a request: its answer is lost after it was done, or somebody else comes first. */
export type Interference = (action: string) => 'lose' | 'fail' | undefined;

export interface FakeAws {
  readonly url: string;
  /** The actions that were asked for, with the access key that signed them. */
  readonly requests: { readonly action: string; readonly AccessKeyId: string; readonly region: string }[];
  readonly secrets: Map<string, Map<string, Version>>;
  readonly parameters: Map<string, ParameterVersion[]>;
  interfere: Interference;
  close(): void;
}

class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export async function startFakeAws(): Promise<FakeAws> {
  const secrets: FakeAws['secrets'] = new Map();
  const parameters: FakeAws['parameters'] = new Map();
  const actions = { ...serveSecrets(secrets), ...serveParameters(parameters) };
  const fake: FakeAws = {
    url: '',
    requests: [],
    secrets,
    parameters,
    interfere: () => undefined,
    close: () => server.close(),
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await readBody(request);
      const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const [, AccessKeyId = '', region = ''] =
        /Credential=(\w+)\/\d+\/([\w-]+)\//.exec(request.headers.authorization ?? '') ?? [];
      fake.requests.push({ action, AccessKeyId, region });
      const fate = fake.interfere(action);
      const { status, answer } = fate === 'fail' ? refuse(500, 'InternalServiceError', 'no') : carryOut(action, body);
      if (fate === 'lose') request.socket.destroy();
      else response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
    })();
  });
  function carryOut(action: string, input: Input): { status: number; answer: object } {
    try {
      return { status: 200, answer: actions[action as keyof typeof actions](input) };
    } catch (error) {
      if (error instanceof Refusal) return refuse(400, error.type, error.message);
      throw error;
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function refuse(status: number, type: string, message: string): { status: number; answer: object } {
  return { status, answer: { __type: type, message } };
}

async function readBody(request: IncomingMessage): Promise<Input> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Input;
}

function serveSecrets(secrets: FakeAws['secrets']) {
  const find = ({ SecretId }: Input): Map<string, Version> => {
    const versions = secrets.get(String(SecretId));
    if (versions !== undefined) return versions;
    throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  };
  const holderOf = (versions: Map<string, Version>, stage: string): string | undefined =>
    [...versions].find(([, { stages }]) => stages.has(stage))?.[0];
  const attach = (versions: Map<string, Version>, stage: string, id: string): void => {
    for (const { stages } of versions.values()) stages.delete(stage);
    versions.get(id)?.stages.add(stage);
  };
  return {
    CreateSecret({ Name, SecretString }: Input) {
      secrets.set(
        String(Name),
        new Map([['first', { SecretString: String(SecretString), stages: new Set(['AWSCURRENT']) }]]),
      );
      return {};
    },
    GetSecretValue(input: Input) {
      const versions = find(input);
      const stage = (input.VersionStage as string | undefined) ?? 'AWSCURRENT';
      const id = holderOf(versions, stage);
      const version = id === undefined ? undefined : versions.get(id);
      if (version !== undefined) return { VersionId: id, SecretString: version.SecretString };
      throw new Refusal(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    },
    PutSecretValue(input: Input) {
      const versions = find(input);
      const [id, SecretString] = [String(input.ClientRequestToken), String(input.SecretString)];
      const there = versions.get(id);
      if (there !== undefined && there.SecretString !== SecretString) {
        throw new Refusal('ResourceExistsException', 'You tried to change the value of a version.');
      }
      if (there === undefined) {
        versions.set(id, { SecretString, stages: new Set() });
        for (const stage of (input.VersionStages as string[] | undefined) ?? ['AWSCURRENT'])
          attach(versions, stage, id);
      }
      return { VersionId: id };
    },
    UpdateSecretVersionStage(input: Input) {
      const versions = find(input);
      const stage = String(input.VersionStage);
      const [from, to] = [input.RemoveFromVersionId, input.MoveToVersionId] as (string | undefined)[];
      if (holderOf(versions, stage) !== from) {
        throw new Refusal('InvalidParameterException', `The label ${stage} is not on the version ${from}.`);
      }
      for (const { stages } of versions.values()) stages.delete(stage);
      if (to !== undefined) attach(versions, stage, to);
      if (stage === 'AWSCURRENT' && from !== undefined) attach(versions, 'AWSPREVIOUS', from);
      return {};
    },
  };
}

function serveParameters(parameters: FakeAws['parameters']) {
  const find = ({ Name }: Input): ParameterVersion[] => {
    const versions = parameters.get(String(Name));
    if (versions !== undefined) return versions;
    throw new Refusal('ParameterNotFound', `Parameter ${String(Name)} not found.`);
  };
  return {
    PutParameter({ Name, Overwrite, ...input }: Input) {
      const versions = parameters.get(String(Name)) ?? [];
      if (versions.length > 0 && Overwrite !== true) throw new Refusal('ParameterAlreadyExists', 'It exists.');
      if (versions.length >= 100 && (versions[0]?.Labels.length ?? 0) > 0) {
        throw new Refusal('ParameterMaxVersionLimitExceeded', 'The oldest version has a label.');
      }
      const Version = (versions.at(-1)?.Version ?? 0) + 1;
      parameters.set(
        String(Name),
        [...versions, { Tier: 'Standard', ...input, Name, Version, Labels: [] }].slice(-100),
      );
      return { Version };
    },
    GetParameterHistory(input: Input) {
      const versions = find(input);
      const start = Number(input.NextToken ?? 0);
      const end = start + Number(input.MaxResults ?? 50);
      return { Parameters: versions.slice(start, end), ...(end < versions.length && { NextToken: String(end) }) };
    },
    LabelParameterVersion(input: Input) {
      const labels = input.Labels as string[];
      for (const version of find(input)) {
        version.Labels = version.Labels.filter((label) => !labels.includes(label));
        if (version.Version === input.ParameterVersion) version.Labels.push(...labels);
      }
      return {};
    },
    UnlabelParameterVersion(input: Input) {
      const labels = input.Labels as string[];
      for (const version of find(input)) {
        if (version.Version === input.ParameterVersion) {
          version.Labels = version.Labels.filter((label) => !labels.includes(label));
        }
      }
      return {};
    },
  };
}
