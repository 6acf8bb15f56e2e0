import { readFile } from 'node:fs/promises';
import { KeyturnError } from '../../errors.ts';

/**
 * The access key ids in what a scanner for secrets found: gitleaks' JSON (a list of findings with Secret and Match) or
 * TruffleHog's (a finding a line, with Raw and Redacted; a list too). Of each finding the ids are taken, and nothing else is
 * kept: most of them hold a secret.
 *
 * Sources: https://github.com/gitleaks/gitleaks (report.Finding) and
 * https://github.com/trufflesecurity/trufflehog (detectors.Result)
 * @throws KeyturnError ERR_FILE where it cannot be read, ERR_USAGE where it is neither; never with what is in it
 */
export async function readLeakedKeys(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as { code?: string };
    throw new KeyturnError('ERR_FILE', `${file} cannot be read${code === undefined ? '' : `: ${code}`}`);
  });
  const findings = readFindings(text);
  if (findings !== undefined) return [...new Set(findings.flatMap(findIds))];
  throw new KeyturnError('ERR_USAGE', `${file} is neither the JSON of gitleaks nor that of TruffleHog`, {
    hint: 'make it with gitleaks … --report-format json, or trufflehog … --json',
  });
}

interface Finding {
  readonly [name: string]: unknown;
}

const members = ['Secret', 'Match', 'Raw', 'RawV2', 'Redacted'] as const;
/** Long-term keys alone, in the form that AWS gives them. What stands beside it would make it part of something else. */
const accessKeyId = /(?<![A-Za-z0-9])AKIA[A-Z2-7]{16}(?![A-Z0-9])/g;

function findIds(finding: Finding): string[] {
  const texts = members.map((name) => finding[name]).filter((value) => typeof value === 'string');
  return texts.flatMap((text) => text.match(accessKeyId) ?? []);
}

/** Undefined where it is no list of findings. A parser's own words would show what it read. */
function readFindings(text: string): Finding[] | undefined {
  const whole = parse(text);
  const list = Array.isArray(whole)
    ? (whole as unknown[])
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parse);
  return list.every(isFinding) ? list : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFinding(value: unknown): value is Finding {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
