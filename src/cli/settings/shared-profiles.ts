import { locateSharedFiles, profileOfConfigSection, readSections } from '../../sinks/shared-config.ts';
import type { Environment, Section, SharedFiles } from '../../sinks/shared-config.ts';
import { readText } from '../../sinks/text-file.ts';

/** The profiles of the shared files. */
export interface SharedProfiles {
  readonly files: SharedFiles;
  /** Options by profile; of one that stands in both files, the credentials file's win. */
  readonly profiles: ReadonlyMap<string, Section>;
  /** The `[services NAME]` sections, by name. */
  readonly services: ReadonlyMap<string, Section>;
  /** The `[sso-session NAME]` sections, by name. */
  readonly ssoSessions: ReadonlyMap<string, Section>;
  /** Why a file that is there could not be read. */
  readonly failure?: Error;
}

/** Reads the shared config and credentials files, as far as they are there and can be read. */
export async function loadSharedProfiles(env: Environment, home: string): Promise<SharedProfiles> {
  const files = locateSharedFiles(env, home);
  let failure: Error | undefined;
  const read = (file: string): Promise<string> =>
    readText(file).then(
      (text = '') => text,
      (error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
        return '';
      },
    );
  const texts = await Promise.all([read(files.config), read(files.credentials)]);
  return { ...composeProfiles(...texts), files, ...(failure !== undefined && { failure }) };
}

/** The profiles that two texts describe together. */
export function composeProfiles(config: string, credentials: string): Omit<SharedProfiles, 'files' | 'failure'> {
  const profiles = new Map<string, Section>();
  const services = new Map<string, Section>();
  const ssoSessions = new Map<string, Section>();
  const add = (to: Map<string, Section>, name: string | undefined, section: Section): void => {
    if (name !== undefined) to.set(name, new Map([...(to.get(name) ?? []), ...section]));
  };
  for (const [name, section] of readSections(config)) {
    add(profiles, profileOfConfigSection(name), section);
    add(services, /^services\s+(["']?)(.+)\1$/.exec(name)?.[2], section);
    add(ssoSessions, /^sso-session\s+(["']?)(.+)\1$/.exec(name)?.[2], section);
  }
  for (const [name, section] of readSections(credentials)) add(profiles, name, section);
  return { profiles, services, ssoSessions };
}
