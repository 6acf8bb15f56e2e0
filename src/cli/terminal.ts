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

/** @param options a process, say: to look at its stdin is to open it, and a command that asks nothing leaves it alone */
export function createTerminal(options: TerminalOptions): Terminal {
  const open = () => ({ input: options.stdin, output: options.stderr });
  return {
    get interactive() {
      return options.stderr.isTTY === true && options.stdin.isTTY;
    },
    async confirm(message) {
      const { confirm } = await import('@clack/prompts');
      return requireAnswer<boolean>(await confirm({ message, initialValue: false, ...open() }));
    },
    async ask(message) {
      const { text } = await import('@clack/prompts');
      return requireAnswer<string>(await text({ message, ...open() }));
    },
  };
}

/** The prompts answer Ctrl-C and Escape with a symbol of their own. */
function requireAnswer<T>(answer: T | symbol): T {
  if (typeof answer === 'symbol')
    throw new KeyturnError('ERR_INTERRUPTED', 'interrupted', { hint: 'nothing was changed' });
  return answer;
}
