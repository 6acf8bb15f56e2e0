// The parent's side of soak-child.ts.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Pair } from '../contract/endpoint/signed-call.ts';

/** Bytes. */
export interface Memory {
  /** By JavaScript, after a collection. */
  readonly held: number;
  readonly rss: number;
}

export interface WatchedEndpoint {
  readonly url: string;
  /** What it answered with a 500, and what it could not write. */
  readonly failures: readonly string[];
  measure(): Promise<Memory>;
  kill(): Promise<void>;
}

/** @param data a folder; in memory when absent */
export async function startWatched(admin: Pair, data?: string): Promise<WatchedEndpoint> {
  const script = join(import.meta.dirname, 'soak-child.ts');
  const args = [admin.accessKeyId, admin.secretAccessKey, ...(data === undefined ? [] : [data])];
  const child = fork(script, args, { execArgv: ['--expose-gc'] });
  const failures: string[] = [];
  child.on('message', (message: object) => {
    if ('failure' in message) failures.push(String(message.failure));
  });
  const { url } = await receive(child, (message): message is { url: string } => 'url' in message);
  return {
    url,
    failures,
    measure: async () => {
      const memory = receive(child, (message): message is Memory => 'held' in message);
      child.send('measure');
      return memory;
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** The next message of a kind. */
async function receive<T>(child: ChildProcess, isWanted: (message: object) => message is T & object): Promise<T> {
  return new Promise((resolve, reject) => {
    const take = (message: object) => {
      if (!isWanted(message)) return;
      child.off('message', take);
      child.off('exit', fail);
      resolve(message);
    };
    const fail = () => {
      reject(new Error('the endpoint is gone'));
    };
    child.on('message', take);
    child.once('exit', fail);
  });
}
