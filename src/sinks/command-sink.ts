/**
 * The sink `command:NAME`: somebody's program, which brings the pair to a place that we know nothing of.
 *
 * The pair never stands in its arguments, which every user of the machine can read: it comes on its standard input, or in
 * variables that the program alone is given.
 */
import { KeyturnError } from '../errors.ts';
import type { Delivery, KeyPair, Sink } from '../rotation/sink.ts';
import { completePair, requireFree, type HeldKey } from './key-pair.ts';
import { holdsPair } from './pair-text.ts';
import { runCommand, type CommandLine, type Outcome } from './run-command.ts';
import { scrubText } from './scrub.ts';
import type { Environment } from './shared-config.ts';

/** What keyturn.yaml says of a name. */
export interface CommandPlace {
  /** Exit code 0 says that the pair is there, any other that the place is as it was. */
  readonly deliver: CommandLine;
  /** Prints the pair that is there as JSON, or nothing where there is none. */
  readonly read?: CommandLine | undefined;
  /** How `deliver` gets the pair. */
  readonly input: 'json' | 'dotenv' | 'variables';
  /** For each run, in milliseconds. */
  readonly timeout: number;
  readonly env: Environment;
}

export interface CommandWorld {
  readonly env: Environment;
  readonly force?: boolean | undefined;
}

export function openCommandSink(spec: string, place: CommandPlace, { env, force }: CommandWorld): Sink {
  const base = { ...env, ...place.env };

  async function read(signal?: AbortSignal): Promise<KeyPair | undefined> {
    if (place.read === undefined) return undefined;
    const outcome = await runCommand({ command: place.read, env: base, input: '', timeout: place.timeout, signal });
    if (signal?.aborted) throw new KeyturnError('ERR_INTERRUPTED', 'interrupted', { cause: signal.reason });
    requireSuccess(`the read command of ${spec}`, outcome);
    return readPair(outcome.stdout, spec);
  }

  async function requireRoom(
    AccessKeyId: string,
    replaces: string | undefined,
    signal?: AbortSignal,
  ): Promise<KeyPair | undefined> {
    const held = await read(signal);
    requireFree(reveal(held), AccessKeyId, { place: spec, replaces, force });
    return held;
  }

  async function run(pair: KeyPair, delivery: Delivery): Promise<void> {
    const { signal } = delivery;
    const outcome = await runCommand({
      command: place.deliver,
      env: { ...base, ...describeDelivery(pair, delivery), ...(place.input === 'variables' && composeVariables(pair)) },
      input: composeInput(pair, place.input),
      timeout: place.timeout,
      signal,
    });
    requireSuccess(`the deliver command of ${spec}`, outcome, pair);
  }

  return {
    spec,
    name: spec,
    canRead: place.read !== undefined,
    isShared: true,
    read,
    check: async (replaces, signal) => {
      await requireRoom('', replaces, signal);
    },

    async deliver(pair, delivery) {
      const held = await requireRoom(pair.AccessKeyId, delivery.replaces, delivery.signal);
      if (holdsKey(held, pair) && pair.SmtpPassword === undefined) return;
      delivery.requireLease();
      await run(pair, delivery);
      if (place.read === undefined || holdsKey(await read(delivery.signal), pair)) return;
      throw new KeyturnError('ERR_SINK', `${spec} does not hold ${pair.AccessKeyId} after it was delivered`, {
        hint: 'run its deliver and read commands by hand, and see which of the two is wrong',
      });
    },

    // Nothing is kept: the old pair would have to lie somewhere in between.
    restore: async (AccessKeyId, { signal }) => (await read(signal))?.AccessKeyId === AccessKeyId,
    settle: () => Promise.resolve(),
  };
}

function holdsKey(held: KeyPair | undefined, { AccessKeyId, SecretAccessKey }: KeyPair): boolean {
  return holdsPair(reveal(held), { AccessKeyId, SecretAccessKey });
}

function reveal(pair: KeyPair | undefined): HeldKey {
  return { AccessKeyId: pair?.AccessKeyId, SecretAccessKey: pair?.SecretAccessKey.reveal() };
}

/** Nothing secret. Not under AWS's names: the program's own calls to AWS are not to be signed by the new key. */
function describeDelivery({ AccessKeyId }: KeyPair, { rotation, replaces }: Delivery): Environment {
  return {
    KEYTURN_ACCESS_KEY_ID: AccessKeyId,
    ...(rotation !== undefined && { KEYTURN_ROTATION: rotation }),
    ...(replaces !== undefined && { KEYTURN_REPLACES: replaces }),
  };
}

function composeVariables({ SecretAccessKey, SmtpPassword }: KeyPair): Environment {
  return {
    KEYTURN_SECRET_ACCESS_KEY: SecretAccessKey.reveal(),
    ...(SmtpPassword !== undefined && { KEYTURN_SMTP_PASSWORD: SmtpPassword.reveal() }),
  };
}

function composeInput({ AccessKeyId, SecretAccessKey, SmtpPassword }: KeyPair, input: CommandPlace['input']): string {
  const secret = SecretAccessKey.reveal();
  const smtp = SmtpPassword?.reveal();
  switch (input) {
    case 'variables':
      return '';
    case 'json':
      return `${JSON.stringify({ AccessKeyId, SecretAccessKey: secret, SmtpPassword: smtp })}\n`;
    case 'dotenv':
      return (
        `AWS_ACCESS_KEY_ID=${AccessKeyId}\nAWS_SECRET_ACCESS_KEY=${secret}\n` +
        (smtp === undefined ? '' : `SES_SMTP_PASSWORD=${smtp}\n`)
      );
  }
}

/** The names of either world: AWS's own, or those of its variables. */
function readPair(text: string, spec: string): KeyPair | undefined {
  if (text.trim() === '') return undefined;
  let members: Partial<Record<string, unknown>>;
  try {
    members = Object(JSON.parse(text)) as typeof members;
  } catch {
    // The parser's words may quote the secret.
    throw new KeyturnError('ERR_SINK', `the read command of ${spec} prints no JSON`, {
      hint: 'it has to print {"AccessKeyId": "…", "SecretAccessKey": "…"}, or nothing where there is no key',
    });
  }
  const find = (...names: string[]): string | undefined =>
    names.map((name) => members[name]).find((value): value is string => typeof value === 'string');
  return completePair({
    AccessKeyId: find('AccessKeyId', 'AWS_ACCESS_KEY_ID'),
    SecretAccessKey: find('SecretAccessKey', 'AWS_SECRET_ACCESS_KEY'),
  });
}

/** @param delivered what was given to it; absent where it was to change nothing */
function requireSuccess(name: string, { end, stderr }: Outcome, delivered?: KeyPair): void {
  if (end.kind === 'exit' && end.code === 0) return;
  const [last] = scrubText(stderr, [delivered?.SecretAccessKey, delivered?.SmtpPassword]).trim().split('\n').slice(-1);
  const said = last ? `: ${last}` : '';
  if (end.kind === 'killed' && delivered !== undefined) {
    throw new KeyturnError('ERR_UNKNOWN_OUTCOME', `what ${name} has done is not known: ${end.reason}${said}`, {
      hint: 'look at the place; then ask for it again, with a longer timeout where that was too short',
    });
  }
  const reason = { exit: 'failed', killed: 'was ended', 'not-run': 'could not be run' }[end.kind];
  const why = end.kind === 'exit' ? `exit code ${end.code}` : end.reason;
  throw new KeyturnError('ERR_SINK', `${name} ${reason}, ${why}${said}`, {
    hint: 'run it by hand with another key, and see what it says',
  });
}
