/**
 * Terminal sessions as text, read and held against what really happens. A session file is a list of commands, each with
 * what it prints:
 *
 *     # a comment
 *     $ keyturn keys list --user alice
 *     access key id         user   status  age  last used
 *     $ALICE_1  alice  Active  10d  never
 *     $ keyturn keys list --user nobody
 *     ! error: The user with name nobody cannot be found. (NoSuchEntity, 404, request <id>)
 *     !   ...
 *     ? 1
 *
 * `$ ` is a command for bash, `! ` a line of stderr, `? ` the exit code where it is not 0, and any other line is one of
 * stdout. `...` stands for any number of lines, or for the rest of one; `<word>` for one word; `$NAME` for a variable of
 * the session. Spaces between the words of a line count as one.
 */
import { spawn } from 'node:child_process';

export interface Step {
  readonly line: number;
  readonly command: string;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly exitCode: number;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export type Variables = Readonly<Record<string, string>>;

/** The steps of a session file. */
export function parseSession(text: string): Step[] {
  const steps: { line: number; command: string; stdout: string[]; stderr: string[]; exitCode: number }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const step = steps.at(-1);
    if (line.startsWith('$ ')) {
      steps.push({ line: index + 1, command: line.slice(2), stdout: [], stderr: [], exitCode: 0 });
    } else if (line === '' || line.startsWith('# ')) {
      continue;
    } else if (step === undefined) {
      throw new Error(`line ${index + 1} stands before the first command`);
    } else if (line.startsWith('! ')) {
      step.stderr.push(line.slice(2));
    } else if (line.startsWith('? ')) {
      step.exitCode = Number(line.slice(2));
    } else {
      step.stdout.push(line);
    }
  }
  return steps;
}

/** Runs a command line in bash. */
export function runCommand(command: string, options: { cwd: string; env: Variables }): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', command], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ stdout, stderr, exitCode: code ?? -1 });
    });
  });
}

/** Whether a text has the lines that are expected of it. */
export function matchesLines(text: string, expected: readonly string[], variables: Variables): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return matchFrom(lines, expected, variables);
}

function matchFrom(lines: readonly string[], expected: readonly string[], variables: Variables): boolean {
  const [pattern, ...rest] = expected;
  if (pattern === undefined) return lines.length === 0;
  if (pattern.trim() === '...') {
    return Array.from({ length: lines.length + 1 }, (_, skip) => skip).some((skip) =>
      matchFrom(lines.slice(skip), rest, variables),
    );
  }
  const [line, ...others] = lines;
  return line !== undefined && compilePattern(pattern, variables).test(line) && matchFrom(others, rest, variables);
}

function compilePattern(pattern: string, variables: Variables): RegExp {
  const parts = pattern.trim().split(/(\.\.\.|<[a-z]+>|\$[A-Z][A-Z_0-9]*|\s+)/);
  const source = parts.map((part) => {
    if (part === '...') return '.*';
    if (/^<[a-z]+>$/.test(part)) return '\\S+';
    if (/^\s+$/.test(part)) return '\\s+';
    return escapePattern(part.startsWith('$') ? (variables[part.slice(1)] ?? part) : part);
  });
  return new RegExp(`^\\s*${source.join('')}\\s*$`);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
