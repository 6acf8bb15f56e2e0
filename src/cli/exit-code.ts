import { KeyturnError, type ErrorCode } from '../errors.ts';

/** The exit codes of docs/contract.md. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  findings: 3,
  refused: 4,
  waiting: 5,
  interrupted: 130,
} as const;

const codes: Readonly<Partial<Record<ErrorCode, number>>> = {
  ERR_USAGE: exitCodes.wrongUsage,
  ERR_CALLER: exitCodes.wrongUsage,
  ERR_REFUSED: exitCodes.refused,
  ERR_QUOTA: exitCodes.refused,
  ERR_UNKNOWN_KEY: exitCodes.refused,
  ERR_GATE: exitCodes.refused,
  ERR_LEASE: exitCodes.refused,
  ERR_CONFLICTING_RECORD: exitCodes.refused,
  ERR_STALE: exitCodes.refused,
  ERR_INTERRUPTED: exitCodes.interrupted,
};

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): number {
  // What was asked for was in order, and the system said no: a port in use, for one.
  if (error instanceof KeyturnError && error.code === 'ERR_USAGE' && isSystemError(error.cause))
    return exitCodes.failed;
  return (error instanceof KeyturnError ? codes[error.code] : undefined) ?? exitCodes.failed;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/** Of several codes the one to end with: what failed, then what was refused, then what waits. */
export function worstOf(codes: readonly number[]): number {
  const order: readonly number[] = [
    exitCodes.interrupted,
    exitCodes.failed,
    exitCodes.wrongUsage,
    exitCodes.refused,
    exitCodes.findings,
    exitCodes.waiting,
  ];
  return order.find((code) => codes.includes(code)) ?? exitCodes.done;
}
