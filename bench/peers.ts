/** The programs we are measured against. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where `python3` keeps its programs. A wrapper on the PATH, such as pyenv's, would count as the peer's own time. */
const folder = findPythonFolder();

/** A program of Python's that is installed; undefined where it is not. */
export function findPythonProgram(name: string): string | undefined {
  if (folder === undefined) return undefined;
  const program = join(folder, name);
  return existsSync(program) ? program : undefined;
}

/** The versions of Python and of packages of it, as in `Python 3.11.7, moto 5.2.1`. */
export function describePythonPackages(...packages: readonly string[]): string {
  const code = [
    'import platform, sys, importlib.metadata as m',
    'print(", ".join(["Python " + platform.python_version()] + [p + " " + m.version(p) for p in sys.argv[1:]]))',
  ].join('\n');
  return runPython(['-c', code, ...packages]) ?? '';
}

function findPythonFolder(): string | undefined {
  const program = runPython(['-c', 'import sys; print(sys.executable)']);
  return program === undefined ? undefined : dirname(program);
}

function runPython(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('python3', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
