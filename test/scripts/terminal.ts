/** A terminal to run the command line on: util-linux's `script` makes a real one, of a given width. */
import { spawn, spawnSync } from 'node:child_process';

export interface TerminalRun {
  /** Everything the terminal was sent, without the sequences that colour and move. */
  readonly screen: string;
  readonly exitCode: number;
}

export interface TerminalOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly columns?: number;
  /** What is typed, each once the screen shows its text. */
  readonly typing?: readonly (readonly [shown: string, typed: string])[];
}

export const canRunTerminals = spawnSync('script', ['--version']).status === 0;

/** Runs a command line in bash on a terminal. */
export function runOnTerminal(command: string, options: TerminalOptions): Promise<TerminalRun> {
  const { cwd, env, columns = 80, typing = [] } = options;
  const line = `stty rows 40 columns ${columns}; ${command}`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], {
    cwd,
    env: { ...env, TERM: 'xterm', SHELL: '/bin/bash' },
  });
  const patience = setTimeout(() => child.kill(), 20_000);
  const waiting = [...typing];
  let raw = '';
  let read = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString();
    const [next] = waiting;
    if (next === undefined || !clean(raw.slice(read)).includes(next[0])) return;
    read = raw.length;
    waiting.shift();
    // A program that has just written its question is about to listen for the answer.
    setTimeout(() => child.stdin.write(next[1]), 100);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(patience);
      resolve({ screen: clean(raw), exitCode: code ?? -1 });
    });
  });
}

/** Without what colours, moves, names the window or chooses a character set. */
function clean(text: string): string {
  return text
    .replace(/\u001b(\[[0-9;?>=]*[A-Za-z]|\][^\u0007\u001b]*(\u0007|\u001b\\)|\([A-Z0-9]|[=>])/g, '')
    .replaceAll('\r\n', '\n');
}
