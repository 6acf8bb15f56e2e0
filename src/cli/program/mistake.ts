import { CommanderError } from 'commander';
import { KeyturnError } from '../../errors.ts';

/** A mistake in the command line, as commander found it, in our words. What is not a mistake is thrown on. */
export function describeMistake(error: unknown): KeyturnError {
  if (error instanceof KeyturnError) return error;
  if (!(error instanceof CommanderError)) throw error;
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const message = shortenMessage(first);
  const suggestion = readSuggestion(rest.join(' '));
  // An option that takes no value is unknown to commander when it is given one, and its own nearest neighbour.
  if (suggestion !== undefined && message === `unknown option '${suggestion}'`) {
    return new KeyturnError('ERR_USAGE', `option '${suggestion}' takes no value`, { cause: error });
  }
  const hint = suggestion === undefined ? undefined : `did you mean ${suggestion}?`;
  return new KeyturnError('ERR_USAGE', message, { hint, cause: error });
}

/** Without the values that were given: one of them may be a secret in the wrong place. */
function shortenMessage(message: string): string {
  return message
    .replace(/^(unknown option '--[^=]+)=.*'$/, "$1'")
    .replace(/^(too many arguments.*)\. Expected (\d+) arguments? but got (\d+).*$/, '$1: expected $2 and got $3')
    .replace(/\.$/, '');
}

function readSuggestion(text: string): string | undefined {
  return /\(Did you mean (.+)\?\)/.exec(text)?.[1];
}
