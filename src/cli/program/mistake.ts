import { CommanderError } from 'commander';
import { KeyturnError } from '../../errors.ts';

/** A mistake in the command line, as commander found it, in our words. What is not a mistake is thrown on. */
export function describeMistake(error: unknown): KeyturnError {
  if (error instanceof KeyturnError) return error;
  if (!(error instanceof CommanderError)) throw error;
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  return new KeyturnError('ERR_USAGE', shortenMessage(first), { hint: readSuggestion(rest.join(' ')), cause: error });
}

/** Without the values that were given: one of them may be a secret in the wrong place. */
function shortenMessage(message: string): string {
  return message
    .replace(/^(unknown option '--[^=]+)=.*'$/, "$1'")
    .replace(/^(too many arguments.*)\. Expected (\d+) arguments? but got (\d+).*$/, '$1: expected $2 and got $3')
    .replace(/\.$/, '');
}

function readSuggestion(text: string): string | undefined {
  const suggestion = /\(Did you mean (.+)\?\)/.exec(text)?.[1];
  return suggestion === undefined ? undefined : `did you mean ${suggestion}?`;
}
