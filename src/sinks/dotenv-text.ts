/** Key pairs in a file of environment variables, each pair's names behind a prefix of their own. */
import { KeyturnError } from '../errors.ts';
import type { KeyPair } from '../rotation/sink.ts';
import { editDotenv, parseDotenv } from './dotenv-document.ts';
import { completePair, describeLeftover, type HeldKey } from './key-pair.ts';
import { holdsPair, type PairText, type Slot } from './pair-text.ts';
import { lineBreakOf, splitLines } from './text-lines.ts';

const idName = 'AWS_ACCESS_KEY_ID';
const secretName = 'AWS_SECRET_ACCESS_KEY';
const tokenName = 'AWS_SESSION_TOKEN';
const smtpName = 'SES_SMTP_PASSWORD';

/**
 * What is kept aside is a comment, in which no loader of such files finds a variable:
 * `# keyturn-previous STAGING_AWS_ACCESS_KEY_ID=… STAGING_AWS_SECRET_ACCESS_KEY=…`
 */
const keptLine = new RegExp(
  `^# keyturn-previous (?<slot>\\w*)${idName}=(?<id>\\S+) \\k<slot>${secretName}=(?<secret>\\S+)` +
    `(?: \\k<slot>${smtpName}=(?<smtp>\\S+))?(?:\\r\\n|\\n|\\r|(?![^]))`,
  'gm',
);

/** @param file for messages */
export function composeDotenvText(file: string): PairText {
  return {
    readSlots: readVariables,

    put(text, slot, pair, isWhole = false) {
      const { SmtpPassword } = pair;
      const secrets = [pair.SecretAccessKey, ...(SmtpPassword === undefined ? [] : [SmtpPassword])];
      if (secrets.some((secret) => secret.reveal().includes("'"))) throw describeQuote();
      const edited = editDotenv(text, {
        set: {
          [slot + idName]: pair.AccessKeyId,
          [slot + secretName]: pair.SecretAccessKey.reveal(),
          ...(SmtpPassword !== undefined && { [slot + smtpName]: SmtpPassword.reveal() }),
        },
        remove: [slot + tokenName, ...(isWhole ? [slot + smtpName] : [])],
      });
      const written = readVariables(edited).find((held) => held.slot === slot);
      if (written !== undefined && holdsPair(written, pair)) return edited;
      throw new KeyturnError('ERR_FILE', `cannot write ${slot}${idName} to ${file} so that it is read back`, {
        hint: 'look for a quote that is not closed, or name another file',
      });
    },

    readKept: (text) => findKept(text).flatMap(({ held }) => completePair(held) ?? []),

    keep(text, slot, pair) {
      if (findKept(text).some(({ held }) => held.slot === slot)) throw describeLeftover(file);
      const isEnded = /[\r\n]$/.test(text);
      const lineBreak = lineBreakOf(splitLines(text));
      return `${text}${isEnded ? '' : lineBreak}${composeKept(slot, pair)}${isEnded ? lineBreak : ''}`;
    },

    forget(text, AccessKeyId) {
      const [kept] = findKept(text).filter(({ held }) => held.AccessKeyId === AccessKeyId);
      if (kept === undefined) return text;
      const before = text.slice(0, kept.start);
      return (kept.isEnded ? before : before.replace(/(\r\n|\n|\r)$/, '')) + text.slice(kept.end);
    },
  };
}

function readVariables(text: string): Slot[] {
  const values = new Map(parseDotenv(text).map(({ name, value }) => [name, value]));
  const prefixes = [...values.keys()].flatMap(
    (name) => /^(\w*)AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/.exec(name)?.[1] ?? [],
  );
  return [...new Set(prefixes)].map((slot) => ({
    slot,
    AccessKeyId: values.get(slot + idName),
    SecretAccessKey: values.get(slot + secretName),
    SmtpPassword: values.get(slot + smtpName),
  }));
}

interface Kept {
  readonly held: HeldKey & { readonly slot: string };
  readonly start: number;
  readonly end: number;
  readonly isEnded: boolean;
}

function findKept(text: string): Kept[] {
  return [...text.matchAll(keptLine)].map((match) => {
    const { slot = '', id, secret, smtp } = match.groups ?? {};
    const [line] = match;
    return {
      held: { slot, AccessKeyId: id, SecretAccessKey: secret, SmtpPassword: smtp },
      start: match.index,
      end: match.index + line.length,
      isEnded: /[\r\n]$/.test(line),
    };
  });
}

function composeKept(slot: string, { AccessKeyId, SecretAccessKey, SmtpPassword }: KeyPair): string {
  const smtp = SmtpPassword === undefined ? '' : ` ${slot}${smtpName}=${SmtpPassword.reveal()}`;
  return `# keyturn-previous ${slot}${idName}=${AccessKeyId} ${slot}${secretName}=${SecretAccessKey.reveal()}${smtp}`;
}

function describeQuote(): KeyturnError {
  return new KeyturnError('ERR_FILE', "a secret with ' in it cannot be held by a file of variables", {
    hint: 'AWS makes no such secret; use profile:NAME for this one',
  });
}
