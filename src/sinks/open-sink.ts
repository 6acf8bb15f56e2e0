/** From what stands after `--to` to the place itself. */
import { KeyturnError } from '../errors.ts';
import type { Sink } from '../rotation/sink.ts';
import type { SinkAws } from './aws.ts';
import { openCommandSink, type CommandPlace } from './command-sink.ts';
import { openEnvFileSink } from './env-file-sink.ts';
import { openProfileSink, type FileWorld } from './profile-sink.ts';
import { parseSinkSpec, type SinkSpec } from './sink-spec.ts';
import { openTerminalSink } from './terminal-sink.ts';

/** What sinks need to know of the world they are in. */
export interface SinkWorld extends FileWorld {
  /** Shows a text to the person at the terminal; absent where there is none. */
  readonly show?: ((text: string) => void) | undefined;
  /** The section `sinks` of keyturn.yaml. */
  readonly commands?: Readonly<Partial<Record<string, CommandPlace>>> | undefined;
  readonly aws?: SinkAws | undefined;
  /** Whether an SMTP password is to go beside the pair. */
  readonly withSmtpPassword?: boolean | undefined;
}

/**
 * The place that a spec names. Nothing is looked at yet.
 *
 * @throws KeyturnError ERR_USAGE for what names no place, or one that cannot hold what is to go there
 * @example
 * const sink = openSink('profile:deploy', { env: process.env, home: homedir() });
 * await sink.check('AKIAIOSFODNN7EXAMPLE');
 */
export function openSink(text: string, world: SinkWorld): Sink {
  const spec = parseSinkSpec(text);
  if (world.withSmtpPassword === true) requireRoomForSmtp(spec);
  switch (spec.kind) {
    case 'profile':
      return openProfileSink(spec, world);
    case 'env-file':
      return openEnvFileSink(spec, world);
    case 'secretsmanager': {
      const place = { ...spec, name: `secret ${spec.secret}`, force: world.force };
      const aws = requireAws(text, world);
      return openLater(place, async () => {
        const { openSecretsManagerSink } = await import('./secrets-manager-sink.ts');
        return openSecretsManagerSink(place, aws);
      });
    }
    case 'ssm': {
      const place = { spec: text, name: `parameter ${spec.names.join(' and ')}`, force: world.force };
      const aws = requireAws(text, world);
      return openLater(place, async () => {
        const { openSsmSink } = await import('./ssm-sink.ts');
        return openSsmSink({ ...place, names: spec.names }, aws);
      });
    }
    case 'command':
      return openCommandSink(text, requireCommand(spec.command, world), world);
    case 'terminal':
      return openTerminalSink(text, world.show);
  }
}

/**
 * The places of one rotation.
 *
 * @throws KeyturnError ERR_USAGE as {@link openSink}, and where one place is named twice: of two terminals one person would
 * be shown the same key twice
 */
export function openSinks(specs: readonly string[], world: SinkWorld): Sink[] {
  const twice = specs.find((spec, index) => specs.indexOf(spec) !== index);
  if (twice !== undefined) throw new KeyturnError('ERR_USAGE', `--to ${twice} is given more than once`);
  return specs.map((spec) => openSink(spec, world));
}

/** A sink whose client of AWS is loaded when it is first used: most command lines never do. */
function openLater({ spec, name }: { spec: string; name: string }, open: () => Promise<Sink>): Sink {
  let opened: Promise<Sink> | undefined;
  const get = () => (opened ??= open());
  return {
    spec,
    name,
    canRead: true,
    isShared: true,
    check: async (...input) => (await get()).check(...input),
    read: async (...input) => (await get()).read(...input),
    deliver: async (...input) => (await get()).deliver(...input),
    restore: async (...input) => (await get()).restore(...input),
    settle: async (...input) => (await get()).settle(...input),
  };
}

function requireAws(spec: string, { aws }: SinkWorld): SinkAws {
  if (aws !== undefined) return aws;
  throw new TypeError(`${spec} needs a way to AWS`);
}

function requireCommand(name: string, { commands = {} }: SinkWorld): CommandPlace {
  const place = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (place !== undefined) return place;
  const names = Object.keys(commands).join(', ');
  throw new KeyturnError('ERR_USAGE', `there is no sink called ${name} in keyturn.yaml`, {
    hint: names === '' ? `add it there: sinks: { ${name}: { deliver: … } }` : `there are ${names}`,
  });
}

function requireRoomForSmtp(spec: SinkSpec): void {
  if (spec.kind !== 'profile' && !(spec.kind === 'ssm' && spec.names.length === 2)) return;
  throw new KeyturnError('ERR_USAGE', `${spec.spec} cannot hold an SMTP password beside the key`, {
    hint: 'use env-file:PATH, secretsmanager:ID, ssm:NAME, command:NAME or terminal for it',
  });
}
