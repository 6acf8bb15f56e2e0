import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/cli/config/parse-config.ts';

describe('parseConfig', () => {
  it.each(['', '# nothing\n', '{}', 'sinks: {}', 'sinks:\n'])('reads %j as a file that says nothing', (text) => {
    expect(parseConfig(text, 'k.yaml')).toMatchObject({ sinks: {}, rules: {}, exclusions: [] });
  });

  it('reads command sinks, and fills in what is not said', () => {
    const text = `
sinks:
  github: { deliver: gh secret set -f -, input: dotenv }
  vault.ci:
    deliver: [vault, kv, patch, secret/ci, '-']
    read: vault kv get -format=json secret/ci
    timeout: 2m
    env: { VAULT_ADDR: https://vault.example.com }
`;
    expect(parseConfig(text, 'k.yaml').sinks).toEqual({
      github: { deliver: 'gh secret set -f -', input: 'dotenv', timeout: 60_000, env: {} },
      'vault.ci': {
        deliver: ['vault', 'kv', 'patch', 'secret/ci', '-'],
        read: 'vault kv get -format=json secret/ci',
        input: 'json',
        timeout: 120_000,
        env: { VAULT_ADDR: 'https://vault.example.com' },
      },
    });
  });

  it.each([
    ['snks: {}\n', 'k.yaml:1:1: snks is not known; did you mean sinks?'],
    ['sinks:\n  a:\n    delivr: x\n', 'k.yaml:2:3: sinks.a.deliver is missing, and 1 more'],
    ['sinks:\n  a:\n    deliver: x\n    reed: y\n', 'k.yaml:4:5: sinks.a.reed is not known; did you mean read?'],
    ['sinks:\n  a:\n    deliver: 3\n', 'k.yaml:3:14: sinks.a.deliver is not a command: ...'],
    ['sinks:\n  a:\n    deliver: []\n', 'k.yaml:3:14: sinks.a.deliver is not a command: ...'],
    ['sinks:\n  a: { deliver: x, timeout: 1y }\n', 'k.yaml:2:29: sinks.a.timeout is not a duration: ...'],
    ['sinks:\n  a: { deliver: x, input: xml }\n', 'k.yaml:2:27: sinks.a.input is none of json, dotenv, variables'],
    ['sinks:\n  a: { deliver: x, env: { A: 1 } }\n', 'k.yaml:2:30: sinks.a.env.A is not a text'],
    ['sinks:\n  a: { deliver: x, env: { 1A: x } }\n', 'k.yaml:2:27: sinks.a.env.1A is not the name of a variable'],
    ['sinks:\n  a b: { deliver: x }\n', 'k.yaml:2:3: sinks.a b is not a name: ...'],
    ['sinks:\n  - x\n', 'k.yaml:2:3: sinks is not a map of names and values'],
    ['- x\n', 'k.yaml:1:1: the whole of it is not a map of names and values'],
    ['sinks: {\n', 'k.yaml:2:1: ...'],
    ['sinks: {}\nsinks: {}\n', 'k.yaml:2:1: Map keys must be unique'],
    ['sinks: *none\n', 'k.yaml:1:1: Unresolved alias ...'],
  ])('refuses %j', (text, message) => {
    const pattern = message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\\.\\.\\.', '.*');
    expect(() => parseConfig(text, 'k.yaml')).toThrow(
      expect.objectContaining({ code: 'ERR_USAGE', message: expect.stringMatching(`^${pattern}$`) as string }),
    );
  });

  it('repeats no value: it may be a secret in the wrong place', () => {
    expect(() => parseConfig('sinks: { a: { deliver: x, read: { hunter2: hunter2 } } }', 'k')).toThrow(
      /^(?!.*hunter2)/,
    );
  });
});
