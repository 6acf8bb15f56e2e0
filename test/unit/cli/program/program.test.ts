import { describe, expect, it } from 'vitest';
import type { KeyturnError } from '../../../../src/errors.ts';
import type { Invocation } from '../../../../src/cli/invocation.ts';
import { createProgram, readCommandLine } from '../../../../src/cli/program/program.ts';

function read(line: string): Invocation {
  return readCommandLine(line === '' ? [] : line.split(' '));
}

function readMistake(line: string): KeyturnError {
  const invocation = read(line);
  if (invocation.kind !== 'mistake') throw new Error(`${line} is read as ${invocation.kind}`);
  return invocation.error;
}

describe('global options', () => {
  it.each([
    '--profile work --region eu-west-1 --endpoint-url http://127.0.0.1:7411 --output json --query @ --yes --quiet --debug --no-color keys list',
    'keys list --profile work --region eu-west-1 --endpoint-url http://127.0.0.1:7411 --output json --query @ --yes --quiet --debug --no-color',
    'keys --profile work --region eu-west-1 --endpoint-url http://127.0.0.1:7411 list --output json --query @ --yes --quiet --debug --no-color',
  ])('stand before and after the command: %s', (line) => {
    expect(read(line)).toMatchObject({
      kind: 'work',
      options: {
        profile: 'work',
        region: 'eu-west-1',
        endpointUrl: 'http://127.0.0.1:7411',
        output: 'json',
        query: '@',
        yes: true,
        quiet: true,
        debug: true,
        color: false,
      },
    });
  });

  it('are known although the rest of the line is wrong, so that the error has the form of the output', () => {
    expect(read('keys list --output json --nonsense').options.output).toBe('json');
  });
});

describe('a mistake', () => {
  it.each([
    ['kees', "unknown command 'kees'", 'did you mean keys?'],
    ['keys lst', "unknown command 'lst'", 'did you mean list?'],
    ['keys list --usr alice', "unknown option '--usr'", 'did you mean --user?'],
    ['keys list --profil work', "unknown option '--profil'", 'did you mean --profile?'],
    ['serve --secret-access-kee=hunter2', "unknown option '--secret-access-kee'", undefined],
    ['keys list --all=1', "option '--all' takes no value", undefined],
    ['whoami hunter2', "too many arguments for 'whoami': expected 0 and got 1", undefined],
    ['keys delete', "missing required argument 'id'", undefined],
    ['keys list --user', "option '--user <name>' argument missing", undefined],
    [
      'keys create --to profile:a --to profile:b',
      'a new key has one destination, and --to was given more than once',
      undefined,
    ],
    ['keys list --user alice --all', "option '--user <name>' cannot be used with option '--all'", undefined],
    ['serve --data x --memory', "option '--data <dir>' cannot be used with option '--memory'", undefined],
    [
      'keys list --output yaml',
      "option '--output <format>' argument 'yaml' is invalid. Allowed choices are table, json, jsonl, csv, text",
      undefined,
    ],
  ])('in %j is explained', (line, message, hint) => {
    expect(readMistake(line)).toMatchObject({ code: 'ERR_USAGE', message, hint });
  });

  it.each([
    'keys delete AKIA',
    `keys delete ${'A'.repeat(129)}`,
    'keys last-used AKIAIOSFODNN7EXAMPLE not-an-id',
    'keys activate AKIAIOSFODNN7EXAMPL!',
    `keys list --user ${'x'.repeat(129)}`,
    'keys list --user a/b',
    'completion tcsh',
  ])('in the form of an argument is found before anything is done: %s', (line) => {
    expect(readMistake(line).code).toBe('ERR_USAGE');
  });

  it('is an empty name', () => {
    const invocation = readCommandLine(['keys', 'list', '--user', '']);
    expect(invocation).toMatchObject({ kind: 'mistake', error: { code: 'ERR_USAGE' } });
  });
});

describe('help', () => {
  it('is printed for no arguments at all, and is not asked for where a command is missing', () => {
    expect(read('')).toMatchObject({ kind: 'text', asked: true });
    expect(read('keys')).toMatchObject({ kind: 'text', asked: false });
  });

  const program = createProgram(() => undefined);
  const paths = program.commands.flatMap((command) => [
    command.name(),
    ...command.commands.map((child) => `${command.name()} ${child.name()}`),
  ]);

  it.each(['', ...paths.filter((path) => path !== 'complete')])('of %j fits 80 columns', (path) => {
    const invocation = read(`${path} --help`.trim());
    if (invocation.kind !== 'text') throw new Error('no help');
    expect(Math.max(...invocation.text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each(paths.filter((path) => !['keys', 'sinks', 'complete'].includes(path)))('of %j has an example', (path) => {
    expect(read(`${path} --help`)).toMatchObject({ text: expect.stringContaining('Examples:\n') as string });
  });
});
