import { KeyturnError } from '../errors.ts';

/** Where a new key pair can go, as it is written after `--to`. */
export type SinkSpec = { readonly spec: string } & (
  | { readonly kind: 'profile'; readonly profile: string; readonly file: string | undefined }
  | { readonly kind: 'env-file'; readonly file: string; readonly prefix: string }
  | { readonly kind: 'terminal' }
);

/**
 * Reads a sink as it is written on the command line. NAME ends at the first `@`; PREFIX begins behind the last `#`.
 *
 * @throws KeyturnError ERR_USAGE
 * @example
 * parseSinkSpec('profile:deploy');         // { kind: 'profile', profile: 'deploy', file: undefined, spec }
 * parseSinkSpec('env-file:.env#STAGING_'); // { kind: 'env-file', file: '.env', prefix: 'STAGING_', spec }
 */
export function parseSinkSpec(spec: string): SinkSpec {
  const [, kind, , rest = ''] = /^([^:]*)(:(.*))?$/s.exec(spec) ?? [];
  if (spec === 'terminal') return { spec, kind: 'terminal' };
  if (kind === 'profile') {
    const [, profile = '', , file] = /^([^@]*)(@(.*))?$/s.exec(rest) ?? [];
    if (profile !== '' && file !== '') return { spec, kind, profile, file };
  }
  if (kind === 'env-file') {
    const [, file = '', , prefix = ''] = /^(.*?)(#([^#]*))?$/s.exec(rest) ?? [];
    if (file !== '' && /^([A-Za-z_]\w*)?$/.test(prefix)) return { spec, kind, file, prefix };
  }
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(spec)} is not a place for a key`, {
    hint: 'use profile:NAME, profile:NAME@FILE, env-file:PATH, env-file:PATH#PREFIX or terminal',
  });
}
