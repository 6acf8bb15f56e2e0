/** The GitHub action: its form, and its script run as a runner would, against the endpoint. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { runCommand } from './session.ts';
import { makeWorld, type World } from './world.ts';

const root = dirname(dirname(import.meta.dirname));
const text = readFileSync(join(root, 'action.yml'), 'utf8');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Workflow {
  readonly jobs?: Readonly<
    Record<string, { readonly steps?: readonly { readonly uses?: string; readonly with?: object }[] }>
  >;
}

const action = parse(text) as Action;
const { steps } = action.runs;
const script = steps.find(({ name }) => name === 'audit')?.run ?? '';

describe('action.yml', () => {
  it('is a composite action whose steps say how they run', () => {
    expect(action.runs.using).toBe('composite');
    for (const { uses, shell, run } of steps)
      expect(uses !== undefined || (shell === 'bash' && run !== undefined)).toBe(true);
  });

  it('uses every input that it has, and has every one that it uses', () => {
    const used = new Set([...text.matchAll(/inputs\.([a-z-]+)/g)].map(([, name]) => name));
    expect(used).toEqual(new Set(Object.keys(action.inputs)));
  });

  it('puts no input into a script: it would be run', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  it('has scripts that bash can read', () => {
    for (const { run } of steps) {
      if (run !== undefined) expect(spawnSync('bash', ['-n'], { input: run }).status).toBe(0);
    }
  });
});

describe('the script of the action', () => {
  let world: World;
  let folder: string;

  beforeAll(async () => {
    world = await makeWorld();
    folder = mkdtempSync(join(tmpdir(), 'keyturn-action-'));
  });

  afterAll(async () => {
    await world.end();
    rmSync(folder, { recursive: true });
  });

  async function run(inputs: Readonly<Record<string, string>>) {
    const files = {
      RUNNER_TEMP: folder,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_OUTPUT: join(folder, 'output'),
    };
    const none = { ORG: 'false', ACCOUNTS: '', ROLE_NAME: '', FAIL_ON: '', KEYTURN_CONFIG: '' };
    const env = { ...world.env, ...none, ...inputs, ...files, GITHUB_ACTION_PATH: root };
    const outcome = await runCommand(script, { cwd: world.cwd, env });
    return { ...outcome, output: readFileSync(files.GITHUB_OUTPUT, 'utf8') };
  }

  it('leaves a SARIF file, and the exit code for the last step', async () => {
    const { exitCode, output, stderr } = await run({ FAIL_ON: 'high' });
    expect(exitCode, stderr).toBe(0);
    expect(output).toContain('exit-code=3');
    const log = JSON.parse(readFileSync(join(folder, 'keyturn.sarif'), 'utf8')) as { version: string };
    expect(log.version).toBe('2.1.0');
    expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('access keys');
  });

  it('fails at once where the audit could not be made', async () => {
    const { exitCode, stderr } = await run({ FAIL_ON: 'hihg' });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--fail-on');
  });
});

describe('the examples of docs/fleet.md', () => {
  const document = readFileSync(join(root, 'docs', 'fleet.md'), 'utf8');
  const examples = [...document.matchAll(/```yaml\n(.*?)```/gs)].map(([, example = '']) => example);

  it('are YAML', () => {
    expect(examples.length).toBeGreaterThan(3);
    for (const example of examples) for (const { errors } of parseAllDocuments(example)) expect(errors).toEqual([]);
  });

  it('give the action inputs that it has', () => {
    const steps = examples
      .map((example) => parseAllDocuments(example)[0]?.toJS() as Workflow | null | undefined)
      .flatMap((workflow) => Object.values(workflow?.jobs ?? {}).flatMap((job) => job.steps ?? []));
    const step = steps.find(({ uses = '' }) => uses.includes('keyturn'));
    expect(step).toBeDefined();
    for (const name of Object.keys(step?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name);
  });
});
