/**
 * The one place that prints. Data goes to stdout; talk, progress and errors go to stderr, in lower case and without a
 * full stop. Questions are asked by the terminal (../terminal.ts).
 */
import { styleText } from 'node:util';
import type { Writable } from 'node:stream';
import { KeyturnError } from '../../errors.ts';
import { cleanText, truncateText } from './display-width.ts';
import type { Look } from './table.ts';

/** A stream of the process: a terminal has `isTTY` and a width. */
export type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export interface Printer {
  /** What stdout can show. */
  readonly look: Look;
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean;
  /**
   * Writes data to stdout, and comes back when it is written.
   *
   * @throws {KeyturnError} `ERR_FILE`; `EPIPE` as it is, as whoever reads has had enough
   */
  readonly data: (text: string) => Promise<void>;
  /** A line of talk; nothing with `--quiet`. */
  readonly talk: (line: string) => void;
  /** A line that is shown with `--quiet` too: a warning, or what a question is about. */
  readonly tell: (line: string) => void;
  /** One line that is written over by the next, or taken away by ''; only on a terminal, and nothing with `--quiet`. */
  readonly progress: (line: string) => void;
  /** An error, as text already formatted. */
  readonly error: (text: string) => void;
}

export interface PrinterOptions {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly color: boolean;
  readonly quiet: boolean;
}

const eraseLine = '\r\u001b[2K';

export function createPrinter({ stdout, stderr, env, color, quiet }: PrinterOptions): Printer {
  const mayColour = color && (env.NO_COLOR ?? '') === '';
  let progressShown = false;

  function clearProgress(): void {
    if (progressShown) stderr.write(eraseLine);
    progressShown = false;
  }

  function say(line: string): void {
    clearProgress();
    stderr.write(`${cleanText(line)}\n`);
  }

  return {
    look: { width: widthOf(stdout, env), colour: mayColour && stdout.isTTY === true },
    isTerminal: stdout.isTTY === true,
    data(text) {
      clearProgress();
      return writeAll(stdout, text);
    },
    talk(line) {
      if (!quiet) say(line);
    },
    tell: say,
    progress(line) {
      if (quiet || stderr.isTTY !== true) return;
      clearProgress();
      if (line === '') return;
      stderr.write(truncateText(line, (stderr.columns ?? 80) - 1));
      progressShown = true;
    },
    error(text) {
      clearProgress();
      const colour = mayColour && stderr.isTTY === true;
      stderr.write(colour ? text.replace(/^error:/, styleText('red', 'error:', { validateStream: false })) : text);
    },
  };
}

function writeAll(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error == null) resolve();
      else reject(isClosedPipe(error) ? error : describeFailure(error));
    });
  });
}

/** Whether whoever read the output has gone. */
export function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

function describeFailure(cause: Error): KeyturnError {
  return new KeyturnError('ERR_FILE', `cannot write to standard output: ${cause.message}`, {
    hint: 'make room where it goes, or send it elsewhere',
    cause,
  });
}

/** The columns of a terminal; elsewhere COLUMNS where it is set, else no limit. */
function widthOf(stream: Stream, env: PrinterOptions['env']): number {
  const columns = stream.isTTY === true ? (stream.columns ?? 80) : Number(env.COLUMNS);
  return Number.isInteger(columns) && columns > 0 ? columns : Infinity;
}
