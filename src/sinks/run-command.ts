/** Running somebody's program with a secret for it, for as long as it may take. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

import { KeyturnError } from '../errors.ts';
import type { Environment } from './shared-config.ts';

/** A line for the shell, or a program and its arguments. */
export type CommandLine = string | readonly [string, ...string[]];

export interface Run {
  readonly command: CommandLine;
  readonly env: Environment;
  /** What it reads on its standard input. */
  readonly input: string;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** By itself, with a code; or ended, or not even begun, and why. */
export type End =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'killed'; readonly reason: string }
  | { readonly kind: 'not-run'; readonly reason: string };

export interface Outcome {
  readonly end: End;
  readonly stdout: string;
  readonly stderr: string;
}

const mostOutput = 256 * 1024;
/** Milliseconds between asking a program to end and ending it. */
const patience = 2_000;
/** Milliseconds for what it has left running to let go of its output. */
const drain = 200;

/**
 * Runs a command in a process group of its own. When the time is over or the signal fires, the whole group is asked to end,
 * and then ended.
 *
 * @throws KeyturnError ERR_INTERRUPTED where the signal has fired before; nothing was begun
 */
export async function runCommand({ command, env, input, timeout, signal }: Run): Promise<Outcome> {
  if (signal?.aborted) throw new KeyturnError('ERR_INTERRUPTED', 'interrupted', { cause: signal.reason });
  const [program, ...args] = typeof command === 'string' ? [command] : command;
  const child = spawn(program, args, {
    env,
    shell: typeof command === 'string',
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  // A program that does not want its input may close it.
  child.stdin.on('error', () => undefined).end(input);
  let killed: string | undefined;
  const kill = (reason: string): void => {
    killed ??= reason;
    killGroup(child, 'SIGTERM');
    setTimeout(() => {
      killGroup(child, 'SIGKILL');
    }, patience).unref();
  };
  const timer = setTimeout(kill, timeout, `it took longer than ${timeout / 1000} seconds`);
  const abort = (): void => {
    kill('it was interrupted');
  };
  signal?.addEventListener('abort', abort);
  const end = await waitForEnd(child);
  clearTimeout(timer);
  signal?.removeEventListener('abort', abort);
  // What does not care for being asked must not outlive its time.
  if (killed !== undefined) killGroup(child, 'SIGKILL');
  return { end: killed === undefined ? end : { kind: 'killed', reason: killed }, stdout: stdout(), stderr: stderr() };
}

function waitForEnd(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.on('error', (error) => {
      resolve({ kind: 'not-run', reason: error.message });
    });
    child.on('exit', (code, name) => {
      const end: End = code === null ? { kind: 'killed', reason: `it was ended by ${name}` } : { kind: 'exit', code };
      const timer = setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) stream?.destroy();
        resolve(end);
      }, drain);
      child.on('close', () => {
        clearTimeout(timer);
        resolve(end);
      });
    });
  });
}

/** Collects what a stream says, up to a bound: the rest is read and let go. */
function collect(stream: Readable): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < mostOutput) chunks.push(chunk);
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).subarray(0, mostOutput).toString('utf8');
}

function killGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // It is gone.
  }
}
