export type {
  AccountFacts,
  AttachedPolicyFacts,
  KeyFacts,
  ScanCost,
  ServiceCredentialFacts,
  Source,
  Unknown,
  UseFacts,
  UserFacts,
} from './facts.ts';
export { scanAccount } from './collect/scan-account.ts';
export { scanFleet } from './collect/scan-fleet.ts';
export type {
  AccountTarget,
  FleetOptions,
  FleetScan,
  ScannedAccount,
  ScanOptions,
  ScanProgress,
} from './collect/scan-types.ts';
export type { Refresh, SnapshotStore } from './snapshot-store.ts';
