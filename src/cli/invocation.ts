import type { KeyturnError } from '../errors.ts';
import type { GlobalOptions, Work } from './context.ts';

/** What a command line was read as. */
export type Invocation = { readonly options: GlobalOptions } & (
  | { readonly kind: 'work'; readonly work: Work }
  /** Help, asked for, or given because a command is missing. */
  | { readonly kind: 'text'; readonly text: string; readonly asked: boolean }
  | { readonly kind: 'mistake'; readonly error: KeyturnError }
);
