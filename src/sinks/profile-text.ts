/**
 * Key pairs in an AWS shared credentials or config file.
 *
 * What is written reads back the same for the aws CLI and boto3 (Python's configparser) and for the SDKs (line by
 * line); where they could not agree, the file is left alone.
 */
import { KeyturnError } from '../errors.ts';
import type { KeyPair } from '../rotation/sink.ts';
import { parseIni } from './ini-document.ts';
import { appendSection, editSection, removeSection } from './ini-edit.ts';
import { completePair, describeLeftover } from './key-pair.ts';
import type { PairText, Slot } from './pair-text.ts';
import { profileOfConfigSection, readSections, type Section } from './shared-config.ts';
import { joinLines } from './text-lines.ts';

/** A replaced pair is a profile of its own until the rotation closes: whoever needs it can name it. */
export const keptSuffix = '-keyturn-previous';

const keyOptions = ['aws_access_key_id', 'aws_secret_access_key'] as const;

/**
 * @param file for messages
 * @param inConfig whether profiles are called `[profile NAME]`, as in the config file
 */
export function composeProfileText(file: string, inConfig: boolean): PairText {
  const profileOf = (section: string) => (inConfig ? profileOfConfigSection(section) : section);
  const headerOf = (profile: string) => (inConfig && profile !== 'default' ? `profile ${profile}` : profile);
  const readAll = (text: string): Slot[] =>
    [...groupOptions(text, profileOf)].map(([slot, options]) => ({
      slot,
      AccessKeyId: options.get('aws_access_key_id'),
      SecretAccessKey: options.get('aws_secret_access_key'),
    }));
  const readKeptSlots = (text: string) => readAll(text).filter(({ slot }) => slot.endsWith(keptSuffix));
  return {
    readSlots: (text) => readAll(text).filter(({ slot }) => !slot.endsWith(keptSuffix)),

    put(text, slot, pair) {
      const edited = joinLines(
        editSection(parseIni(text), (section) => profileOf(section) === slot, headerOf(slot), {
          set: composeOptions(pair),
          remove: ['aws_session_token', 'aws_security_token'],
        }),
      );
      requireReadable(groupOptions(edited, profileOf).get(slot), pair, { slot, header: headerOf(slot), file });
      return edited;
    },

    readKept: (text) => readKeptSlots(text).flatMap((kept) => completePair(kept) ?? []),

    keep(text, slot, pair) {
      const name = slot + keptSuffix;
      if (readKeptSlots(text).some((kept) => kept.slot === name)) throw describeLeftover(`profile ${name} in ${file}`);
      return joinLines(appendSection(parseIni(text), headerOf(name), composeOptions(pair)));
    },

    forget(text, AccessKeyId) {
      const names = readKeptSlots(text).flatMap((kept) => (kept.AccessKeyId === AccessKeyId ? [kept.slot] : []));
      if (names.length === 0) return text;
      return joinLines(
        removeSection(parseIni(text), (section) => names.includes(profileOf(section) ?? ''), keyOptions),
      );
    },
  };
}

/** The options of each profile, those of sections of one name together. */
export function groupOptions(
  text: string,
  profileOf: (section: string) => string | undefined,
): ReadonlyMap<string, Section> {
  const profiles = new Map<string, Section>();
  for (const [section, options] of readSections(text)) {
    const profile = profileOf(section);
    if (profile !== undefined) profiles.set(profile, new Map([...(profiles.get(profile) ?? []), ...options]));
  }
  return profiles;
}

function composeOptions({ AccessKeyId, SecretAccessKey }: KeyPair): Record<(typeof keyOptions)[number], string> {
  return { aws_access_key_id: AccessKeyId, aws_secret_access_key: SecretAccessKey.reveal() };
}

function requireReadable(
  written: Section | undefined,
  pair: KeyPair,
  { slot, header, file }: { slot: string; header: string; file: string },
): void {
  const isThere = Object.entries(composeOptions(pair)).every(([name, value]) => written?.get(name) === value);
  if (isThere && written?.has('aws_session_token') === false) return;
  throw new KeyturnError('ERR_FILE', `cannot write profile ${slot} to ${file} so that all AWS tools read it`, {
    hint: `tidy up the section [${header}] (indentation, text behind the brackets), or name another profile`,
  });
}
