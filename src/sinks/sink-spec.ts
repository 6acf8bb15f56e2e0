import { KeyturnError } from '../errors.ts';
import { usualMembers, type MemberNames } from './json-pair.ts';

/** Where a new key pair can go, as it is written after `--to`. */
export type SinkSpec = { readonly spec: string } & (
  | { readonly kind: 'profile'; readonly profile: string; readonly file: string | undefined }
  | { readonly kind: 'env-file'; readonly file: string; readonly prefix: string }
  | { readonly kind: 'secretsmanager'; readonly secret: string; readonly members: MemberNames }
  /** One name of a JSON object, or two: of the id, of the secret. */
  | { readonly kind: 'ssm'; readonly names: readonly [string] | readonly [string, string] }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'terminal' }
);

type Place = SinkSpec extends infer Each ? (Each extends { kind: string } ? Omit<Each, 'spec'> : never) : never;

/**
 * Reads a sink as it is written on the command line. NAME of a profile ends at the first `@`; PREFIX and the names of
 * members begin behind the last `#`.
 *
 * @throws KeyturnError ERR_USAGE
 * @example
 * parseSinkSpec('profile:deploy');         // { kind: 'profile', profile: 'deploy', file: undefined, spec }
 * parseSinkSpec('env-file:.env#STAGING_'); // { kind: 'env-file', file: '.env', prefix: 'STAGING_', spec }
 */
export function parseSinkSpec(spec: string): SinkSpec {
  const [, kind = '', , rest = ''] = /^([^:]*)(:(.*))?$/s.exec(spec) ?? [];
  const read = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  const place = spec === 'terminal' ? { kind: 'terminal' as const } : read?.(rest);
  if (place !== undefined) return { spec, ...place };
  throw new KeyturnError('ERR_USAGE', `${JSON.stringify(spec)} is not a place for a key`, {
    hint:
      'use profile:NAME[@FILE], env-file:PATH[#PREFIX], secretsmanager:ID[#IDKEY,SECRETKEY], ssm:NAME, ' +
      'ssm:IDNAME,SECRETNAME, command:NAME or terminal',
  });
}

const readers: Readonly<Partial<Record<string, (rest: string) => Place | undefined>>> = {
  profile(rest) {
    const [, profile = '', , file] = /^([^@]*)(@(.*))?$/s.exec(rest) ?? [];
    return profile === '' || file === '' ? undefined : { kind: 'profile', profile, file };
  },

  'env-file'(rest) {
    const [, file = '', , prefix = ''] = /^(.*?)(#([^#]*))?$/s.exec(rest) ?? [];
    return file !== '' && /^([A-Za-z_]\w*)?$/.test(prefix) ? { kind: 'env-file', file, prefix } : undefined;
  },

  secretsmanager(rest) {
    const [, secret, , id = usualMembers.id, secretMember = usualMembers.secret] =
      /^([\w/+=.@:-]+)(#([^,\s]+),([^,\s]+))?$/.exec(rest) ?? [];
    if (secret === undefined || id === secretMember) return undefined;
    return { kind: 'secretsmanager', secret, members: { id, secret: secretMember } };
  },

  ssm(rest) {
    const [, one, , other] = /^([\w/.:-]+)(,([\w/.:-]+))?$/.exec(rest) ?? [];
    if (one === undefined || one === other) return undefined;
    return { kind: 'ssm', names: other === undefined ? [one] : [one, other] };
  },

  command: (rest) => (/^[\w.-]+$/.test(rest) ? { kind: 'command', command: rest } : undefined),
};
