import { createTallier, judgeUnreadAccount, type Tallier } from '../../fleet/report/index.ts';
import type { FleetScan } from '../../fleet/index.ts';
import {
  isInForce,
  judge,
  reaches,
  severities,
  type AuditSettings,
  type Finding,
  type Severity,
} from '../../fleet/rules/index.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { openFindingSink, type FindingSink } from '../report/finding-sink.ts';
import type { Report } from '../report/report.ts';
import { count, describeAge, describeSummary } from '../report/summary.ts';
import { formatAge } from '../output/time.ts';
import { withScan, type ScanInput } from './fleet-scan.ts';

export interface AuditInput extends ScanInput {
  readonly failOn?: Severity;
}

/** `keyturn audit` */
export async function audit(context: Context, input: AuditInput): Promise<number | undefined> {
  const settings = await loadConfig(context);
  return withScan(context, input, async (scan) => {
    const sink = await openFindingSink(context);
    try {
      const report = await judgeFleet(scan, { settings, sink, now: context.now() });
      context.printer.progress('');
      await sink.finish(report);
      tellGaps(context, report);
      context.printer.talk(`${describeSummary(report)}; ${describeAge(report)}`);
      return fails(report, input.failOn) ? exitCodes.findings : undefined;
    } finally {
      sink.close();
    }
  });
}

interface Terms {
  readonly settings: AuditSettings;
  readonly sink: FindingSink;
  readonly now: Date;
}

/** Goes through the users as they are read, judges each, and keeps only what is added up. */
async function judgeFleet(scan: FleetScan, { settings, sink, now }: Terms): Promise<Report> {
  const tallier = createTallier(now);
  for await (const { account, users } of scan) {
    tallier.openAccount(account);
    let isRead = false;
    for await (const user of users()) {
      isRead = true;
      const judgement = judge(user, account, settings, now);
      tallier.addUser(user, judgement);
      for (const finding of judgement.findings) await sink.add(finding, now);
    }
    if (!isRead) await addUnread(judgeUnreadAccount(account, settings), tallier, sink, now);
  }
  const expired = settings.exclusions.filter((exclusion) => !isInForce(exclusion, now));
  return { now, tally: tallier.result(), cost: scan.cost(), expired, findings: () => sink.findings() };
}

async function addUnread(findings: readonly Finding[], tallier: Tallier, sink: FindingSink, now: Date): Promise<void> {
  tallier.addFindings({ findings, excluded: [] });
  for (const finding of findings) await sink.add(finding, now);
}

function fails({ tally }: Report, failOn: Severity | undefined): boolean {
  if (failOn === undefined) return false;
  return severities.some((severity) => reaches(severity, failOn) && tally.findings[severity] > 0);
}

const mostLines = 20;

/** What the reader should know of the data, beside the findings. */
function tellGaps({ printer }: Context, { tally, expired, now }: Report): void {
  const gaps = tally.accounts.flatMap(({ account }) => account.gaps.map((gap) => `account ${account.Account}: ${gap}`));
  for (const gap of gaps.slice(0, mostLines)) printer.tell(`not read: ${gap}`);
  if (gaps.length > mostLines)
    printer.tell(`not read: ${count(gaps.length - mostLines, 'more thing')}, see --output json`);
  for (const { reason, until } of expired) {
    printer.tell(`an exclusion ran out ${formatAge(until, now)} ago and excludes no longer: ${reason}`);
  }
}
