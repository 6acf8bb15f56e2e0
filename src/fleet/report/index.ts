export { fingerprint, readFinding, writeFinding } from './finding-text.ts';
export { judgeUnreadAccount } from './judge-account.ts';
export { createSpool } from './spool.ts';
export type { Spool } from './spool.ts';
export { createTallier, sumCounts } from './tally.ts';
export type { AccountTally, AgeBand, SeverityCounts, Tallier, Tally } from './tally.ts';
