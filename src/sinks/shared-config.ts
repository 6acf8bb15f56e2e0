/** Where the shared config and credentials files are, and what the AWS SDKs read out of them. */
import { join } from 'node:path';

import { cutComment } from './ini-document.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Section = ReadonlyMap<string, string>;

export interface SharedFiles {
  readonly config: string;
  readonly credentials: string;
}

/**
 * The paths of the two shared files: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else `~/.aws`.
 *
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 */
export function locateSharedFiles(env: Environment, home: string): SharedFiles {
  return {
    config: expandHome(filled(env.AWS_CONFIG_FILE) ?? join(home, '.aws', 'config'), home),
    credentials: expandHome(filled(env.AWS_SHARED_CREDENTIALS_FILE) ?? join(home, '.aws', 'credentials'), home),
  };
}

/** A variable's value, or undefined where it is not set or empty: AWS tools take both alike. */
export function filled(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** A path whose leading `~` stands for the home folder. */
export function expandHome(path: string, home: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

/**
 * The sections of a shared file as the AWS SDK for JavaScript reads it: line by line, comments cut off, of two values
 * the later one, sections of one name together. An option in a nested block is called `s3.addressing_style`.
 *
 * @example
 * readSections('[dev]\nregion = eu-west-1 # home\n').get('dev')?.get('region'); // 'eu-west-1'
 */
export function readSections(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let block = '';
  for (const line of text.split(/\r?\n/)) {
    const content = cutComment(line);
    const header = /^\[(.*)\]$/.exec(content)?.[1];
    const [, name, value] = /^([^=]*[^=\s])\s*=\s*(.*)$/.exec(content) ?? [];
    if (header !== undefined) {
      section = isReadable(header) ? (sections.get(header) ?? new Map<string, string>()) : undefined;
      if (section !== undefined) sections.set(header, section);
      block = '';
    } else if (value === '' && name !== undefined) {
      block = `${name}.`;
    } else if (name !== undefined && value !== undefined) {
      if (!/^\s/.test(line)) block = '';
      section?.set(block + name, value);
    }
  }
  return sections;
}

/** The profile that a section of the config file describes; in the credentials file a section's name is the profile's. */
export function profileOfConfigSection(section: string): string | undefined {
  if (section === 'default') return section;
  return /^profile\s+(["']?)(.+)\1$/.exec(section)?.[2];
}

/** The SDK passes over a section of two words unless the first is one it knows and the second a plain name. */
function isReadable(header: string): boolean {
  const [, kind] = /^([\w-]+)\s(["']?)[\w\-@+.%:/]+\2$/.exec(header) ?? [];
  return kind === undefined || ['profile', 'sso-session', 'services'].includes(kind);
}
