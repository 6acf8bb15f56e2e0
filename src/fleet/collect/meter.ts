import type { ScanCost } from '../facts.ts';
import type { ScanProgress } from './scan-types.ts';

/** Counts what a scan sends and what it has done. */
export class Meter {
  readonly #calls = new Map<string, number>();
  readonly #report: ((progress: ScanProgress) => void) | undefined;
  #throttled = 0;
  #total = 0;
  #accounts = 0;
  #accountsInAll: number | undefined;
  #users = 0;
  #usersInAll = 0;

  constructor(report?: (progress: ScanProgress) => void) {
    this.#report = report;
  }

  countCall(action: string): void {
    this.#calls.set(action, (this.#calls.get(action) ?? 0) + 1);
    this.#total += 1;
    this.#tell();
  }

  countThrottled(): void {
    this.#throttled += 1;
  }

  countUser(): void {
    this.#users += 1;
    this.#tell();
  }

  countAccount(): void {
    this.#accounts += 1;
    this.#tell();
  }

  expectUsers(count: number): void {
    this.#usersInAll += count;
  }

  expectAccounts(count: number): void {
    this.#accountsInAll = count;
  }

  readCost(): ScanCost {
    const calls = Object.fromEntries([...this.#calls].sort(([one], [other]) => (one < other ? -1 : 1)));
    return { calls, total: this.#total, throttled: this.#throttled };
  }

  #tell(): void {
    this.#report?.({
      accounts: this.#accounts,
      ...(this.#accountsInAll !== undefined && { accountsInAll: this.#accountsInAll }),
      users: this.#users,
      usersInAll: this.#usersInAll,
      calls: this.#total,
      throttled: this.#throttled,
    });
  }
}
