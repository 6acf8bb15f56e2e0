/** The parent's side of endpoint-process.ts and scan-process.ts. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Counts, Order, Started } from './endpoint-process.ts';
import type { Job, Outcome } from './scan-process.ts';

export interface ScannedServer extends Started {
  order(order: Order): Promise<Counts>;
  stop(): void;
}

/** @param options of startEndpoint, as far as JSON can say them */
export async function startServer(options: object): Promise<ScannedServer> {
  const child = fork(join(import.meta.dirname, 'endpoint-process.ts'));
  const answer = receive<Started>(child);
  child.send(options);
  const started = await answer;
  return {
    ...started,
    order: async (order) => {
      const answer = receive<Counts>(child);
      child.send(order);
      return answer;
    },
    stop: () => {
      child.kill('SIGKILL');
    },
  };
}

/**
 * Runs a scan to its end, or kills it.
 *
 * @param killAt users after which it is killed
 * @returns undefined where it was killed
 */
export async function runScan(
  { url, env }: Started,
  job: Omit<Job, 'endpoint'>,
  killAt = Infinity,
): Promise<Outcome | undefined> {
  const script = join(import.meta.dirname, 'scan-process.ts');
  const child = spawn(process.execPath, [script, JSON.stringify({ ...job, endpoint: url })], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  let outcome: Outcome | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) outcome = JSON.parse(line) as Outcome;
    else if (Number(line) >= killAt) child.kill('SIGKILL');
  }
  const [code, signal] = await ended;
  if (code === 0 || signal === 'SIGKILL') return outcome;
  throw new Error(`the scan ended with ${code ?? signal ?? ''}`);
}

async function receive<T>(child: ChildProcess): Promise<T> {
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('the endpoint has ended');
    }),
  ])) as [T];
  return message;
}
