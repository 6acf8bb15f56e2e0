import type { Interruption } from './interruption.ts';
import type { Form, ReportOutput } from './output/answer.ts';
import type { Printer } from './output/printer.ts';
import type { Terminal } from './terminal.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every command is given: the options that all of them take, and its ways to the world. */
export interface Context {
  readonly options: GlobalOptions;
  readonly env: Environment;
  readonly now: () => Date;
  readonly form: Form;
  readonly printer: Printer;
  readonly terminal: Terminal;
  readonly interruption: Interruption;
}

/** The options of docs/contract.md that stand before or after any command. */
export interface GlobalOptions {
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
  readonly endpointUrl?: string | undefined;
  /** Absent unless it was given. */
  readonly output?: Form['output'] | undefined;
  /** Where `--output` asks for a whole report. */
  readonly report?: ReportOutput | undefined;
  /** A JMESPath expression. */
  readonly query?: string | undefined;
  /** The path of keyturn.yaml, where it was given. */
  readonly config?: string | undefined;
  /** The journal: a path or a postgres:// URL, where it was given. */
  readonly journal?: string | undefined;
  readonly yes: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly color: boolean;
}

/** A command, chosen and given its input: does the work, and may say which code the process ends with. */
export type Work = (context: Context) => Promise<number | undefined>;

/** How the command tree hands over the work that was chosen, once its options are read. */
export type Choose = (work: Work, accepts?: Accepts) => void;

/** What not every command takes. */
export interface Accepts {
  /** The forms of a whole report for `--output`. */
  readonly reports: boolean;
}
