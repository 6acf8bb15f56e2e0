/**
 * Containing leaked keys: what stops the thief first, then what shows what happened. Whatever fails is noted, and the rest
 * goes on. Nothing is deleted, and AWS's quarantine is left where it is.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html#Using_RotateAccessKey and
 * https://aws.amazon.com/blogs/security/what-to-do-if-you-inadvertently-expose-an-aws-access-key/
 */
import { KeyturnError } from '../../errors.ts';
import {
  deactivateAccessKey,
  denyOlderSessions,
  listAccessKeys,
  olderSessionsPolicy,
  type AccessKeyMetadata,
  type Connection,
} from '../../iam/index.ts';
import { retryThrottled } from '../../iam/throttling.ts';
import type { JsonObject } from '../../journal/journal.ts';
import { readEvidence, type KeyEvidence } from './evidence.ts';
import type { KeyHolder } from './facts.ts';
import type { ContainPlan, NotContained, Target } from './plan.ts';
import { ContainmentRecord, entryTypes, type RecordKeeping } from './record.ts';

export interface ContainOptions {
  readonly aws: Connection;
  /** Milliseconds until all of AWS knows of a change. AWS gives no number; 3 to 5 seconds are seen, so 10 are usual. */
  readonly settle: number;
  /** Absent where the journal cannot be opened: containing does not wait for that. */
  readonly keeping?: RecordKeeping | undefined;
  readonly reason?: string | undefined;
  /** Told what is being done, for people who watch. */
  readonly onProgress?: ((what: string) => void) | undefined;
  /** Ends the waiting and the looking, not what stops the thief. */
  readonly signal?: AbortSignal | undefined;
}

export interface Failure {
  readonly what: string;
  readonly Reason: string;
  readonly Hint?: string | undefined;
}

export interface ContainedKey extends Target {
  /** Whether AWS said that it is. */
  readonly isInactive: boolean;
  readonly record?: string | undefined;
  readonly evidence?: KeyEvidence | undefined;
}

export interface HolderOutcome {
  readonly UserName: string;
  readonly quarantine: KeyHolder['quarantine'];
  /** Sessions issued before it are denied. */
  readonly sessionsDeniedBefore?: Date | undefined;
  /** Keys that were not there at the beginning. They are not touched. */
  readonly newKeys: readonly AccessKeyMetadata[];
  /** Other keys that can be used. They are not touched. */
  readonly otherKeys: readonly AccessKeyMetadata[];
}

export interface ContainReport {
  /** What could not be done. */
  readonly failures: readonly Failure[];
  readonly refused: readonly NotContained[];
  readonly contained: readonly ContainedKey[];
  readonly holders: readonly HolderOutcome[];
}

/** Carries the plan out. What AWS or the journal refuse is in the report, and stops nothing. */
export async function runContainment(plan: ContainPlan, options: ContainOptions): Promise<ContainReport> {
  const run = new Run(plan, options);
  for (const step of plan.steps) {
    await (step.kind === 'deactivate' ? run.deactivate(step.target) : run.denySessions(step.holder));
  }
  return plan.locksOut ? run.endLockedOut() : run.endLooking();
}

class Run {
  readonly #plan: ContainPlan;
  readonly #options: ContainOptions;
  readonly #failures: Failure[] = [];
  /** By AccessKeyId. */
  readonly #records = new Map<string, ContainmentRecord>();
  readonly #inactive = new Set<string>();
  /** By UserName. */
  readonly #deniedBefore = new Map<string, Date>();

  constructor(plan: ContainPlan, options: ContainOptions) {
    this.#plan = plan;
    this.#options = options;
  }

  async deactivate(target: Target): Promise<void> {
    const { AccessKeyId, UserName } = target;
    const { aws } = this.#options;
    await this.#openRecord(target);
    this.#options.onProgress?.(`deactivating ${AccessKeyId}`);
    const isDone = await this.#attempt(`${AccessKeyId} was not made Inactive`, () =>
      done(retryThrottled(aws.clock, undefined, () => deactivateAccessKey(aws, { AccessKeyId, UserName }))),
    );
    if (isDone === undefined) return;
    this.#inactive.add(AccessKeyId);
    await this.#note([target], entryTypes.deactivated, { AccessKeyId });
  }

  async denySessions({ UserName }: KeyHolder): Promise<void> {
    const { aws, onProgress } = this.#options;
    onProgress?.(`denying the older sessions of ${UserName}`);
    // AWS's time is known to the second, and a session may have been issued within this one.
    const before = new Date(aws.serverTime().getTime() + 1000);
    const inForce = await this.#attempt(`the older sessions of ${UserName} were not denied`, () =>
      denyOlderSessions(aws, { UserName, before }),
    );
    if (inForce === undefined) return;
    this.#deniedBefore.set(UserName, inForce);
    const own = this.#plan.targets.filter((target) => target.UserName === UserName);
    const data = { PolicyName: olderSessionsPolicy, before: inForce.toISOString() };
    await this.#note(own, entryTypes.sessionsDenied, data);
  }

  /** Waits until all of AWS knows, denies what was still made meanwhile, and looks at what there is. */
  async endLooking(): Promise<ContainReport> {
    const { aws, settle, onProgress, signal } = this.#options;
    onProgress?.(`waiting ${settle / 1000} seconds until all of AWS knows`);
    const waited = await this.#attempt('it was not looked whether new keys were made meanwhile', () =>
      done(aws.clock.wait(settle, signal)),
    );
    const holders: HolderOutcome[] = [];
    for (const holder of this.#plan.holders) {
      if (waited !== undefined && this.#deniedBefore.has(holder.UserName)) await this.denySessions(holder);
      holders.push(await this.#lookAgain(holder));
    }
    const contained: ContainedKey[] = [];
    for (const target of this.#plan.targets) contained.push(await this.#describe(target, true));
    return this.#close(holders, contained);
  }

  async endLockedOut(): Promise<ContainReport> {
    const ids = this.#plan.targets.map(({ AccessKeyId }) => AccessKeyId).join(' ');
    this.#failures.push({
      what: 'nothing was checked afterwards, and CloudTrail was not read',
      Reason: 'the credentials in use ended with what was contained',
      Hint: `with other credentials, once more: keyturn contain ${ids}`,
    });
    const holders = this.#plan.holders.map((holder) => this.#summarize(holder, []));
    const contained = await Promise.all(this.#plan.targets.map((target) => this.#describe(target, false)));
    return this.#close(holders, contained);
  }

  async #lookAgain(holder: KeyHolder): Promise<HolderOutcome> {
    const { aws, signal, onProgress } = this.#options;
    const { UserName } = holder;
    onProgress?.(`looking at the keys of ${UserName} again`);
    const what = `it is not known whether ${UserName} has new keys`;
    const keys = await this.#attempt(what, () => listAccessKeys(aws, { UserName, signal }));
    if (keys === undefined) return this.#summarize(holder, []);
    for (const { AccessKeyId } of keys.filter(
      (key) => this.#inactive.has(key.AccessKeyId) && key.Status === 'Active',
    )) {
      this.#failures.push({ what: `${AccessKeyId} is Active again`, Reason: 'somebody else activated it' });
    }
    if ('Reason' in holder.keys) this.#failures.push({ what: `${what} since before`, Reason: holder.keys.Reason });
    return this.#summarize(holder, keys);
  }

  #summarize({ UserName, quarantine, keys: before }: KeyHolder, now: readonly AccessKeyMetadata[]): HolderOutcome {
    const targets = new Set(this.#plan.targets.map(({ AccessKeyId }) => AccessKeyId));
    const known = 'Reason' in before ? undefined : new Set(before.map(({ AccessKeyId }) => AccessKeyId));
    const isNew = ({ AccessKeyId }: AccessKeyMetadata) => known?.has(AccessKeyId) === false;
    const others = (now.length > 0 || 'Reason' in before ? now : before).filter(
      (key) => !targets.has(key.AccessKeyId) && key.Status !== 'Inactive',
    );
    return {
      UserName,
      quarantine,
      sessionsDeniedBefore: this.#deniedBefore.get(UserName),
      newKeys: others.filter(isNew),
      otherKeys: others.filter((key) => !isNew(key)),
    };
  }

  async #describe(target: Target, looks: boolean): Promise<ContainedKey> {
    const { aws, signal, onProgress } = this.#options;
    const { AccessKeyId } = target;
    const common = {
      ...target,
      isInactive: this.#inactive.has(AccessKeyId),
      record: this.#records.get(AccessKeyId)?.record,
    };
    if (!looks) return common;
    onProgress?.(`reading what CloudTrail shows of ${AccessKeyId}`);
    const what = `it is not known who used ${AccessKeyId}`;
    const evidence = await this.#attempt(what, () => readEvidence(aws, AccessKeyId, signal));
    if (evidence?.Kind === 'unknown') this.#failures.push({ what, Reason: evidence.Reason });
    return { ...common, evidence };
  }

  async #close(holders: readonly HolderOutcome[], contained: readonly ContainedKey[]): Promise<ContainReport> {
    for (const { AccessKeyId, UserName } of contained) {
      const holder = holders.find((each) => each.UserName === UserName);
      const newKeys = holder?.newKeys.map((key) => key.AccessKeyId) ?? [];
      const failures = this.#failures.map(({ what, Reason }) => `${what}: ${Reason}`);
      await this.#keep(() => this.#records.get(AccessKeyId)?.close({ newKeys, failures }));
    }
    const { refused } = this.#plan;
    return { failures: this.#failures, refused, contained, holders };
  }

  async #openRecord({ AccessKeyId, UserName, Status }: Target): Promise<void> {
    const { keeping, reason } = this.#options;
    if (keeping === undefined) return;
    const { Account, callerArn: caller } = this.#plan;
    const data: JsonObject = {
      AccessKeyId,
      caller,
      ...(UserName !== undefined && { UserName }),
      ...(Status !== undefined && { PreviousStatus: Status }),
      ...(reason !== undefined && { reason }),
    };
    await this.#keep(async () => {
      this.#records.set(AccessKeyId, await ContainmentRecord.open(keeping, `${Account}/${AccessKeyId}`, data));
    });
  }

  async #note(targets: readonly Target[], type: string, data: JsonObject): Promise<void> {
    for (const { AccessKeyId } of targets) {
      await this.#keep(() => this.#records.get(AccessKeyId)?.add(type, data));
    }
  }

  async #keep(write: () => Promise<void> | undefined): Promise<void> {
    await this.#attempt('not everything is in the journal', async () => write());
  }

  /** What an action gives; undefined where it failed, which is noted once. */
  async #attempt<T>(what: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      const Reason = this.#options.signal?.aborted ? 'interrupted' : describe(error);
      const Hint = error instanceof KeyturnError ? error.hint : undefined;
      const isNoted = this.#failures.some((failure) => failure.what === what && failure.Reason === Reason);
      if (!isNoted) this.#failures.push({ what, Reason, Hint });
      return undefined;
    }
  }
}

async function done(work: Promise<void>): Promise<true> {
  await work;
  return true;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
