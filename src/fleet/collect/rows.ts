/** The users of an account one after the other, each with all that was read of it before its keys are listed. */
import { rootUserName } from '../../iam/index.ts';
import type { ServiceCredentialFacts, UserFacts } from '../facts.ts';
import type { NameKey, SnapshotStore, StoredUser } from '../snapshot-store.ts';
import { readFacts } from './facts-text.ts';
import type { ReportRow } from './report.ts';
import { toNameKey } from './spool-account.ts';
import type { UserDetails } from './spool-account.ts';

export interface Row {
  readonly position: number;
  readonly nameKey: NameKey;
  readonly isRoot: boolean;
  /** Absent where there is no report, and for a user who is newer than it. */
  readonly report?: ReportRow | undefined;
  readonly details?: UserDetails | undefined;
  readonly credentials: readonly ServiceCredentialFacts[];
  /** What an earlier scan, or an earlier part of this one, left. */
  readonly before?: { readonly facts: UserFacts; readonly keyColumns: string | undefined } | undefined;
}

type BareRow = Pick<Row, 'position' | 'nameKey' | 'isRoot' | 'report'>;

/** Rows that are looked up in the store together. */
const together = 200;

/** The rows of the report in its order, then the users that it does not know. */
export async function* readRows(
  store: SnapshotStore,
  account: string,
  report: Iterable<ReportRow>,
): AsyncGenerator<Row> {
  let bare: BareRow[] = [];
  for await (const row of listRows(store, account, report)) {
    bare.push(row);
    if (bare.length < together) continue;
    yield* await complete(store, account, bare);
    bare = [];
  }
  if (bare.length > 0) yield* await complete(store, account, bare);
}

async function* listRows(store: SnapshotStore, account: string, report: Iterable<ReportRow>): AsyncGenerator<BareRow> {
  const seen = new Set<NameKey>();
  const isNew = (nameKey: NameKey) => !seen.has(nameKey) && seen.add(nameKey);
  const rootRow = (): BareRow => ({ position: seen.size - 1, nameKey: rootUserName, isRoot: true });
  for (const row of report) {
    const nameKey = toNameKey(row.UserName);
    // Root comes first, also where a report leaves it out.
    if (!row.isRoot && isNew(rootUserName)) yield rootRow();
    if (isNew(nameKey)) yield { position: seen.size - 1, nameKey, isRoot: row.isRoot, report: row };
  }
  if (isNew(rootUserName)) yield rootRow();
  for await (const { nameKey } of store.listSpool(account, 'details')) {
    if (isNew(nameKey)) yield { position: seen.size - 1, nameKey, isRoot: false };
  }
}

async function complete(store: SnapshotStore, account: string, rows: readonly BareRow[]): Promise<Row[]> {
  const names = rows.map(({ nameKey }) => nameKey);
  const [pieces, stored] = await Promise.all([store.readSpool(account, names), store.findUsers(account, names)]);
  const piecesOf = Map.groupBy(pieces, ({ nameKey }) => nameKey);
  const before = new Map(stored.map((user) => [user.nameKey, user]));
  return rows.map((row) => {
    const its = piecesOf.get(row.nameKey) ?? [];
    const details = its.find(({ kind }) => kind === 'details');
    const credentials = its.filter(({ kind }) => kind === 'service-credential').map(({ facts }) => facts);
    return {
      ...row,
      details: details && (readFacts(details.facts) as UserDetails),
      credentials: credentials.sort().map((facts) => readFacts(facts) as ServiceCredentialFacts),
      before: readBefore(before.get(row.nameKey)),
    };
  });
}

function readBefore(stored: StoredUser | undefined): Row['before'] {
  return stored && { facts: readFacts(stored.facts) as UserFacts, keyColumns: stored.keyColumns };
}
