import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { scanAccount } from '../../src/fleet/index.ts';
import { openSnapshotStore } from '../../src/store/open-snapshot-store.ts';
import { account, collect, keysOf, makeUsers, startScanned } from '../unit/fleet/collect/scanned-endpoint.ts';

const users = 300;

/** Begins a scan in another process and kills it when it has read so many users. */
async function killScan(endpoint: string, env: Record<string, string>, place: string, at: number): Promise<void> {
  const script = join(import.meta.dirname, 'scan-child.ts');
  const child = spawn(process.execPath, [script, endpoint, place], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) if (Number(line) >= at) child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

it(
  'a scan that was killed twice goes on where it was, and loses and repeats nothing',
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keyturn-scan-'));
    const place = join(folder, 'snapshots.sqlite');
    await using fleet = await startScanned(
      { accounts: [{ accountId: account, users: makeUsers(users) }] },
      { rehearsal: { faults: [{ kind: 'latency', actions: ['ListAccessKeys'], delay: 100 }] } },
    );
    const { endpoint } = fleet;
    try {
      await killScan(endpoint.url, endpoint.environment(), place, 120);
      await killScan(endpoint.url, endpoint.environment(), place, 200);
      const store = await openSnapshotStore(place, { now: () => new Date() });
      const scanned = await scanAccount(fleet.aws, { store });
      const found = await collect(scanned.users());
      await store.close();
      expect(found.map(({ UserName }) => UserName)).toHaveLength(users + 2);
      expect(new Set(found.map(({ UserName }) => UserName))).toHaveProperty('size', users + 2);
      for (const user of found.filter(({ isRoot }) => !isRoot)) expect(keysOf(user)).toHaveLength(1);
      // What was under way, or read and not yet written, is read again: a second of each process that was killed.
      const listed = fleet.countRequests().ListAccessKeys ?? 0;
      expect(listed).toBeLessThanOrEqual(users + 1 + 2 * 110);
      expect(scanned.cost.calls.ListAccessKeys).toBeLessThan(users - 20);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
