import type {
  Scan,
  SnapshotStore,
  SpooledPiece,
  StoredAccount,
  StoredUser,
} from '../../../src/fleet/snapshot-store.ts';

/** The port over maps: what the tests of scans need of a store, and nothing of its durability. */
export class MemorySnapshots implements SnapshotStore {
  readonly place = 'memory';
  readonly #scans = new Map<string, Scan>();
  readonly #accounts = new Map<string, StoredAccount>();
  readonly #spools = new Map<string, Map<string, SpooledPiece>>();
  readonly #users = new Map<string, Map<string, StoredUser & { readonly at: Date }>>();

  openScan(wish: Scan, { resumeFrom }: { readonly resumeFrom: Date }): Promise<Scan> {
    const open = this.#scans.get(wish.scope);
    const scan = open?.refresh === wish.refresh && open.startedAt >= resumeFrom ? open : wish;
    this.#scans.set(wish.scope, scan);
    return Promise.resolve(scan);
  }

  closeScan(scan: Scan): Promise<void> {
    if (this.#scans.get(scan.scope)?.startedAt.getTime() === scan.startedAt.getTime()) this.#scans.delete(scan.scope);
    return Promise.resolve();
  }

  readAccount(account: string): Promise<StoredAccount | undefined> {
    return Promise.resolve(this.#accounts.get(account));
  }

  finishAccount(finished: StoredAccount): Promise<void> {
    const { account, startedAt } = finished;
    this.#accounts.set(account, finished);
    for (const [name, { at }] of this.#usersOf(account)) if (at < startedAt) this.#usersOf(account).delete(name);
    return this.clearSpool(account);
  }

  forgetAccounts(startedBefore: Date): Promise<void> {
    for (const { account, startedAt } of this.#accounts.values()) {
      if (startedAt >= startedBefore) continue;
      for (const map of [this.#accounts, this.#spools, this.#users]) map.delete(account);
    }
    return Promise.resolve();
  }

  clearSpool(account: string): Promise<void> {
    this.#spools.delete(account);
    return Promise.resolve();
  }

  spool(account: string, pieces: readonly SpooledPiece[]): Promise<void> {
    const spool = this.#spools.get(account) ?? new Map<string, SpooledPiece>();
    this.#spools.set(account, spool);
    for (const piece of pieces) spool.set(JSON.stringify([piece.kind, piece.nameKey, piece.id]), piece);
    return Promise.resolve();
  }

  readSpool(account: string, nameKeys: readonly string[]): Promise<readonly SpooledPiece[]> {
    const pieces = [...(this.#spools.get(account)?.values() ?? [])];
    return Promise.resolve(pieces.filter(({ nameKey }) => nameKeys.includes(nameKey)));
  }

  async *listSpool(account: string, kind: SpooledPiece['kind']): AsyncGenerator<SpooledPiece> {
    await Promise.resolve();
    const pieces = [...(this.#spools.get(account)?.values() ?? [])].filter((piece) => piece.kind === kind);
    yield* pieces.sort((one, other) => (one.nameKey < other.nameKey ? -1 : 1));
  }

  putUsers(account: string, users: readonly StoredUser[], at: Date): Promise<void> {
    for (const user of users) this.#usersOf(account).set(user.nameKey, { ...user, at });
    return Promise.resolve();
  }

  findUsers(account: string, nameKeys: readonly string[]): Promise<readonly StoredUser[]> {
    return Promise.resolve(nameKeys.flatMap((name) => this.#usersOf(account).get(name) ?? []));
  }

  async *listUsers(account: string): AsyncGenerator<StoredUser> {
    await Promise.resolve();
    yield* [...this.#usersOf(account).values()].sort((one, other) => one.position - other.position);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #usersOf(account: string): Map<string, StoredUser & { readonly at: Date }> {
    const users = this.#users.get(account) ?? new Map<string, StoredUser & { readonly at: Date }>();
    this.#users.set(account, users);
    return users;
  }
}
