import { KeyturnError, type ErrorCode } from '../errors.ts';

/** The exit codes of docs/contract.md. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, refused: 4, interrupted: 130 } as const;

const codes: Readonly<Partial<Record<ErrorCode, number>>> = {
  ERR_USAGE: exitCodes.wrongUsage,
  ERR_CALLER: exitCodes.wrongUsage,
  ERR_REFUSED: exitCodes.refused,
  ERR_QUOTA: exitCodes.refused,
  ERR_INTERRUPTED: exitCodes.interrupted,
};

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): number {
  return (error instanceof KeyturnError ? codes[error.code] : undefined) ?? exitCodes.failed;
}
