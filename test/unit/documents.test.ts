/** What the documents promise, held to the code. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/cli/exit-code.ts';
import { createProgram } from '../../src/cli/program/program.ts';
import { parseSinkSpec } from '../../src/sinks/sink-spec.ts';
import { writeRulesDocument } from '../../tools/rules-document.ts';
import { writeActionTable } from '../../tools/action-table.ts';

const root = dirname(dirname(import.meta.dirname));
const contract = read('docs/contract.md');
const program = createProgram(() => undefined);

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The part of a document below one of its headings. */
function readSection(document: string, heading: string): string {
  const [, rest] = document.split(`\n## ${heading}\n`);
  if (rest === undefined) throw new Error(`there is no heading ${heading}`);
  return rest.split('\n## ', 1)[0] ?? '';
}

function findAll(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

function optionsOf(command: Command): (string | undefined)[] {
  return command.options.map(({ long }) => long).filter((long) => long !== '--version');
}

/** The commands that do something, by their words. */
function listCommands(parent: Command, words = 'keyturn'): [words: string, command: Command][] {
  return parent
    .createHelp()
    .visibleCommands(parent)
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => {
      const own = `${words} ${command.name()}`;
      if (command.commands.length === 0) return [[own, command] as [string, Command]];
      // A list of rotations is a command by itself, and has others below it.
      const self: [string, Command][] = own === 'keyturn rotations' ? [[own, command]] : [];
      return [...self, ...listCommands(command, own)];
    });
}

describe('docs/contract.md', () => {
  it('has the commands there are', () => {
    const lines = readSection(contract, 'Commands').match(/^keyturn .+$/gm) ?? [];
    const documented = lines.flatMap((line) => {
      const [, group = '', names = ''] = /^keyturn ((?:keys |sinks |rotations (?=[a-z]))?)([a-z|-]+)/.exec(line) ?? [];
      return names.split('|').map((name) => `keyturn ${group}${name}`);
    });
    expect([...new Set(documented)].sort()).toEqual(
      listCommands(program)
        .map(([words]) => words)
        .sort(),
    );
  });

  it.each(listCommands(program))('has the options of %s', (words, command) => {
    const described =
      words === 'keyturn serve' || words === 'keyturn seed'
        ? readSection(contract, 'The endpoint')
        : readSection(contract, 'Commands');
    for (const option of optionsOf(command)) expect(described).toContain(option);
  });

  it('has the options that every command takes', () => {
    const rows = readSection(contract, 'Options that every command takes');
    expect(findAll(rows, /^\| `(--[a-z-]+)/gm)).toEqual(optionsOf(program));
  });

  it('has the exit codes', () => {
    const rows = readSection(contract, 'Exit codes');
    expect(findAll(rows, /^\| (\d+) \|/gm).map(Number)).toEqual(Object.values(exitCodes));
  });

  it('has the codes of errors', () => {
    const known = findAll(read('src/errors.ts'), /^ {2}\| '(ERR_\w+)'/gm);
    expect(findAll(readSection(contract, 'JSON'), /`(ERR_\w+)`/g).sort()).toEqual([...known, 'ERR_UNEXPECTED'].sort());
  });

  it('has sinks that are read as it says', () => {
    const forms = findAll(readSection(contract, 'Sinks'), /^\| `([^`]+)` \|/gm).slice(1);
    expect(forms.map((form) => parseSinkSpec(form))).toMatchObject([
      { kind: 'profile', profile: 'NAME', file: undefined },
      { kind: 'profile', profile: 'NAME', file: 'FILE' },
      { kind: 'env-file', file: 'PATH', prefix: '' },
      { kind: 'env-file', file: 'PATH', prefix: 'PREFIX' },
      { kind: 'secretsmanager', secret: 'ID', members: { id: 'AWS_ACCESS_KEY_ID', secret: 'AWS_SECRET_ACCESS_KEY' } },
      { kind: 'secretsmanager', secret: 'ID', members: { id: 'IDKEY', secret: 'SECRETKEY' } },
      { kind: 'ssm', names: ['NAME'] },
      { kind: 'ssm', names: ['IDNAME', 'SECRETNAME'] },
      { kind: 'command', command: 'NAME' },
      { kind: 'terminal' },
    ]);
  });
});

describe('docs/endpoint.md', () => {
  it('has the table of the actions that are served', () => {
    const document = read('docs/endpoint.md');
    expect(document).toBe(writeActionTable(document));
  });
});

describe('docs/rules.md', () => {
  it('is what the rules say', () => {
    expect(read('docs/rules.md')).toBe(writeRulesDocument());
  });
});
