/** From what stands after `--to` to the place itself. */
import { KeyturnError } from '../errors.ts';
import type { Sink } from '../rotation/sink.ts';
import { openEnvFileSink } from './env-file-sink.ts';
import { openProfileSink, type FileWorld } from './profile-sink.ts';
import { parseSinkSpec } from './sink-spec.ts';
import { openTerminalSink } from './terminal-sink.ts';

/** What sinks need to know of the world they are in. */
export interface SinkWorld extends FileWorld {
  /** Shows a text to the person at the terminal; absent where there is none. */
  readonly show?: ((text: string) => void) | undefined;
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
  switch (spec.kind) {
    case 'profile':
      if (world.withSmtpPassword === true) throw describeNoRoom(text);
      return openProfileSink(spec, world);
    case 'env-file':
      return openEnvFileSink(spec, world);
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

function describeNoRoom(spec: string): KeyturnError {
  return new KeyturnError('ERR_USAGE', `${spec} cannot hold an SMTP password: AWS tools know no such setting`, {
    hint: 'use env-file:PATH, secretsmanager:ID, ssm:NAME, command:NAME or terminal for it',
  });
}
