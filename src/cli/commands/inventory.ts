import { createSpool, type Spool } from '../../fleet/report/index.ts';
import type { FleetScan, KeyFacts, UserFacts } from '../../fleet/index.ts';
import { findPath, isUnknown } from '../../fleet/rules/index.ts';
import type { Context } from '../context.ts';
import { describeAccessKeys } from '../output/access-keys.ts';
import { formatList, formatValue, type ListAnswer } from '../output/answer.ts';
import type { JsonObject } from '../output/json.ts';
import { formatTime } from '../output/time.ts';
import { accountToJson, writeList } from '../report/json.ts';
import { count } from '../report/summary.ts';
import { spansAccounts, withScan, type ScanInput } from './fleet-scan.ts';

/** A key and whose it is. */
interface InventoryKey {
  readonly user: UserFacts;
  readonly key: KeyFacts;
}

/** `keyturn inventory` */
export async function inventory(context: Context, input: ScanInput): Promise<undefined> {
  return withScan(context, input, async (scan) => {
    const ledger = new Ledger();
    const keys = listKeys(scan, ledger);
    if (isWhole(context)) await printWhole(context, keys, ledger);
    else {
      const answer = describeInventory(context.now(), spansAccounts(input));
      for await (const piece of formatList(keys, answer, context.form)) await context.printer.data(piece);
    }
    context.printer.progress('');
    for (const gap of ledger.gaps) context.printer.tell(`not read: ${gap}`);
    context.printer.talk(ledger.describe(scan));
    return undefined;
  });
}

/** Whether the answer is one document, and not lines that can be printed as they come. */
function isWhole({ form }: Context): boolean {
  return form.query !== undefined || form.output === 'json' || form.output === 'text';
}

/** What is counted while the keys go by. */
class Ledger {
  readonly accounts: JsonObject[] = [];
  readonly gaps: string[] = [];
  users = 0;
  accessKeys = 0;

  describe(scan: FleetScan): string {
    const { total, throttled } = scan.cost();
    const late = throttled === 0 ? '' : `, ${throttled} of them throttled`;
    return `${count(this.accounts.length, 'account')}, ${count(this.users, 'user')}, ${count(this.accessKeys, 'access key')}; ${count(total, 'call')}${late}`;
  }
}

async function* listKeys(scan: FleetScan, ledger: Ledger): AsyncGenerator<InventoryKey> {
  for await (const { account, users } of scan) {
    const counts = { users: 0, accessKeys: 0, unknown: 0 };
    for await (const user of users()) {
      if (!user.isRoot) counts.users += 1;
      if (isUnknown(user.AccessKeys)) counts.unknown += 1;
      else {
        counts.accessKeys += user.AccessKeys.length;
        for (const key of user.AccessKeys) yield { user, key };
      }
    }
    ledger.users += counts.users;
    ledger.accessKeys += counts.accessKeys;
    ledger.gaps.push(...account.gaps.map((gap) => `account ${account.Account}: ${gap}`));
    ledger.accounts.push({ ...accountToJson({ account, ...counts }), UsersWithUnknownKeys: counts.unknown });
  }
}

/** The document of docs/contract.md; the keys wait on disk, as its accounts come first. */
async function printWhole(context: Context, keys: AsyncIterable<InventoryKey>, ledger: Ledger): Promise<void> {
  const { openSqlite } = await import('../../sqlite/open-sqlite.ts');
  const spool = createSpool(openSqlite);
  try {
    for await (const key of keys) spool.add(0, JSON.stringify(toJson(key)));
    const { form, printer } = context;
    if (form.query === undefined && form.output === 'json') {
      for (const piece of writeDocument(ledger, spool)) await printer.data(piece);
      return;
    }
    const document = JSON.parse([...writeDocument(ledger, spool)].join('')) as JsonObject;
    await printer.data(formatValue(form.query === undefined ? document : form.query(document), form.output));
  } finally {
    spool.close();
  }
}

function* writeDocument({ accounts }: Ledger, spool: Spool): Generator<string> {
  yield '{\n';
  yield* writeList('Accounts', accounts, (account) => account);
  yield ',\n';
  yield* writeList('AccessKeys', spool.read(), (text) => JSON.parse(text) as JsonObject);
  yield '\n}\n';
}

function toJson({ user, key }: InventoryKey): JsonObject {
  const { Account, UserName, Arn, Tags } = user;
  const { AccessKeyId, Status, CreateDate, LastRotated, LastUsed, lastUsedFrom, listedAt } = key;
  const Path = findPath(user);
  return {
    Account,
    UserName,
    Arn,
    ...(Path !== undefined && { Path }),
    ...(AccessKeyId !== undefined && { AccessKeyId }),
    Status,
    ...(CreateDate !== undefined && { CreateDate: formatTime(CreateDate) }),
    ...(LastRotated !== undefined && { LastRotated: formatTime(LastRotated) }),
    LastUsed:
      LastUsed.Kind === 'used' ? { ...LastUsed, LastUsedDate: formatTime(LastUsed.LastUsedDate) } : { ...LastUsed },
    LastUsedFrom: { Source: lastUsedFrom.source, ReadAt: formatTime(lastUsedFrom.at) },
    ...(listedAt !== undefined && { ListedAt: formatTime(listedAt) }),
    ...(!isUnknown(Tags) && { Tags }),
  };
}

function describeInventory(now: Date, withAccount: boolean): ListAnswer<InventoryKey> {
  const plain = describeAccessKeys(now);
  return {
    member: 'AccessKeys',
    toJson,
    csvColumns: [
      'Account',
      'UserName',
      'Path',
      'AccessKeyId',
      'Status',
      'CreateDate',
      'LastRotated',
      'LastUsed.Kind',
      'LastUsed.LastUsedDate',
      'LastUsed.Region',
      'LastUsed.ServiceName',
      'LastUsed.Reason',
      'LastUsedFrom.Source',
      'LastUsedFrom.ReadAt',
      'ListedAt',
      'Arn',
    ],
    columns: [...(withAccount ? [{ title: 'account' }] : []), ...plain.columns],
    toRow: ({ user, key }) => [
      ...(withAccount ? [{ text: user.Account }] : []),
      ...plain.toRow({
        UserName: user.UserName,
        AccessKeyId: key.AccessKeyId ?? '?',
        Status: key.Status,
        CreateDate: key.CreateDate ?? key.LastRotated,
        LastUsed: key.LastUsed,
      }),
    ],
  };
}
