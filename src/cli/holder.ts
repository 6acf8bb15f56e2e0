/** This process, as the journal's leases name it, and whether another one that is named so is gone. */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process: `process 4711 on build-7, boot 4f2a1c9d`. The boot is of this machine's run and its space of process
 * ids, so that containers of one host name are not taken for one another; where that cannot be read it is left out.
 */
export function nameHolder(): string {
  const boot = identifyBoot();
  return `process ${process.pid} on ${hostname()}${boot === undefined ? '' : `, boot ${boot}`}`;
}

/** Whether a holder of a lease was a process of this machine, in this boot, that does not run any more. */
export function isHolderGone(holder: string): boolean {
  const [, pid, boot] = /^process (\d+) on .*, boot ([0-9a-f]{8})$/.exec(holder) ?? [];
  if (pid === undefined || boot !== identifyBoot()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html and https://man7.org/linux/man-pages/man7/pid_namespaces.7.html */
function identifyBoot(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    return createHash('sha256').update(boot).update(readlinkSync('/proc/self/ns/pid')).digest('hex').slice(0, 8);
  } catch {
    return undefined;
  }
}
