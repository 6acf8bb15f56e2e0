import { KeyturnError } from '../errors.ts';
import type { Connection } from './connection.ts';

/** Does something and, where that fails, logs what could not be done and why before the error goes on. */
export async function logFailure<T>(aws: Connection, what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof KeyturnError) aws.logger.error?.(`could not ${what}: ${error.message}`);
    throw error;
  }
}

/** How the log calls a user that may be the caller's own. */
export function nameUser(UserName: string | undefined): string {
  return UserName ?? "the caller's own user";
}

export function countKeys(count: number): string {
  return `${count} access ${count === 1 ? 'key' : 'keys'}`;
}
