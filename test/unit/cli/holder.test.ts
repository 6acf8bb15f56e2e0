import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isHolderGone, nameHolder } from '../../../src/cli/holder.ts';
import { openJournal } from '../../../src/store/open-journal.ts';
import { HeldLease } from '../../../src/rotation/index.ts';
import { systemClock } from '../../../src/iam/clock.ts';

const isLinux = existsSync('/proc/sys/kernel/random/boot_id');
/** The process id of a process that was and is no more. */
const pidOfTheDead = (): number => spawnSync(process.execPath, ['-e', '']).pid;

const nameOf = (pid: number): string => nameHolder().replace(/\d+/, String(pid));

describe.runIf(isLinux)('a holder of a lease', () => {
  it('is gone when its process is', () => {
    expect(isHolderGone(nameOf(pidOfTheDead()))).toBe(true);
  });

  it('is not gone while its process runs, nor when it is of another machine, or of an earlier boot', () => {
    expect(isHolderGone(nameHolder())).toBe(false);
    expect(isHolderGone(nameOf(pidOfTheDead()).replace(/boot .*/, 'boot 00000000'))).toBe(false);
    expect(isHolderGone(`process ${pidOfTheDead()} on elsewhere`)).toBe(false);
    expect(isHolderGone('somebody')).toBe(false);
  });

  it('that is gone leaves its lease to the next at once; one that lives does not', async () => {
    const journal = await openJournal(':memory:', { now: () => new Date() });
    const taker = { journal, clock: systemClock, holder: nameHolder(), isGone: isHolderGone };
    await journal.takeLease('123456789012/AIDA', nameOf(pidOfTheDead()), 60_000);
    const held = await HeldLease.take(taker, '123456789012/AIDA');
    expect(held.lease.holder).toBe(nameHolder());
    await expect(HeldLease.take(taker, '123456789012/AIDA')).rejects.toMatchObject({ code: 'ERR_LEASE' });
    await journal.close();
  });
});
