import { KeyturnError } from '../errors.ts';
import type { Stream } from './output/printer.ts';

/** Questions to the person at the terminal. They are written to stderr: stdout is for data. */
export interface Terminal {
  /** Whether there is someone to ask: stdin and stderr are both a terminal. */
  readonly interactive: boolean;
  /** @throws {KeyturnError} `ERR_INTERRUPTED` at Ctrl-C */
  confirm(question: string): Promise<boolean>;
  /** Asks for a line of text. @throws {KeyturnError} `ERR_INTERRUPTED` at Ctrl-C */
  ask(question: string): Promise<string>;
}

export interface TerminalOptions {
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: Stream;
}

export function createTerminal({ stdin, stderr }: TerminalOptions): Terminal {
  const streams = { input: stdin, output: stderr };
  return {
    interactive: stdin.isTTY && stderr.isTTY === true,
    async confirm(message) {
      const { confirm } = await import('@clack/prompts');
      return requireAnswer<boolean>(await confirm({ message, initialValue: false, ...streams }));
    },
    async ask(message) {
      const { text } = await import('@clack/prompts');
      return requireAnswer<string>(await text({ message, ...streams }));
    },
  };
}

/** The prompts answer Ctrl-C and Escape with a symbol of their own. */
function requireAnswer<T>(answer: T | symbol): T {
  if (typeof answer === 'symbol')
    throw new KeyturnError('ERR_INTERRUPTED', 'interrupted', { hint: 'nothing was changed' });
  return answer;
}
