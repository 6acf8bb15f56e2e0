/** The places of a rotation, so named that a later run finds them again, from whatever folder. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { Sink } from '../../rotation/index.ts';
import { deriveSesSmtpPassword } from '../../sinks/ses-smtp.ts';
import { expandHome, locateSharedFiles } from '../../sinks/shared-config.ts';
import { parseSinkSpec } from '../../sinks/sink-spec.ts';
import type { Environment } from '../context.ts';

/** A spec with whole paths in it: `env-file:.env` becomes `env-file:/home/me/app/.env`. */
export function fixPlace(spec: string, env: Environment, home: string = homedir()): string {
  const parsed = parseSinkSpec(spec);
  switch (parsed.kind) {
    case 'profile': {
      const file = parsed.file ?? locateSharedFiles(env, home).credentials;
      return `profile:${parsed.profile}@${resolve(expandHome(file, home))}`;
    }
    case 'env-file': {
      const file = resolve(expandHome(parsed.file, home));
      // A `#` in the path would be taken for the beginning of the prefix.
      return parsed.prefix === '' && !file.includes('#') ? `env-file:${file}` : `env-file:${file}#${parsed.prefix}`;
    }
    default:
      return spec;
  }
}

type Open = (spec: string, sesSmtp: string | undefined) => Sink;

/** Opens each place once, whoever asks. */
export function rememberSinks(open: Open): Open {
  const known = new Map<string, Sink>();
  return (spec, sesSmtp) => {
    const sink = known.get(spec) ?? open(spec, sesSmtp);
    known.set(spec, sink);
    return sink;
  };
}

/** A place that gets SES's SMTP password of a Region beside each pair, derived anew from the secret. */
export function addSmtpPassword(sink: Sink, region: string): Sink {
  const { spec, name, canRead, isShared } = sink;
  return {
    spec,
    name,
    canRead,
    ...(isShared !== undefined && { isShared }),
    check: (replaces, signal) => sink.check(replaces, signal),
    read: (signal) => sink.read(signal),
    deliver: (pair, delivery) =>
      sink.deliver({ ...pair, SmtpPassword: deriveSesSmtpPassword(pair.SecretAccessKey, region) }, delivery),
    restore: (AccessKeyId, delivery) => sink.restore(AccessKeyId, delivery),
    settle: (AccessKeyId, delivery) => sink.settle(AccessKeyId, delivery),
  };
}
