import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchema } from 'ajv';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { writeSarif } from '../../../../src/cli/report/sarif.ts';
import { hostileUsers, makeReport, type ReportParts } from './a-report.ts';

/** The schema is of draft 4; what it says of its own id is the one word of it that later drafts write otherwise. */
function readSchema(): AnySchema {
  const file = join(import.meta.dirname, '..', '..', '..', 'vectors', 'sarif', 'sarif-2.1.0-rtm.5.json');
  const { id, $schema, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  expect([id, $schema]).not.toContain(undefined);
  return schema;
}

const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(readSchema());

function write(parts: ReportParts = {}): Log {
  return JSON.parse([...writeSarif(makeReport(parts))].join('')) as Log;
}

describe('SARIF', () => {
  it.each([
    ['of findings', {}],
    ['of none', { users: [] }],
    ['of gaps', { gaps: ['the account could not be read: AccessDenied'] }],
    ['of names that try to be more than text', { users: hostileUsers, name: '<b>' }],
  ])('%s is valid against its schema', (_, parts) => {
    void validate(write(parts));
    expect(validate.errors).toBeNull();
  });

  it('is told apart from what is no SARIF', () => {
    const log = write();
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ level: 'critical' }] }] })).toBe(false);
  });

  it('has a rule, a place and a fingerprint for every result', () => {
    const [run] = write().runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(run?.results?.length).toBeGreaterThan(5);
    for (const { ruleId, ruleIndex = -1, locations, partialFingerprints } of run?.results ?? []) {
      expect(rules[ruleIndex]?.id).toBe(ruleId);
      const { uri } = locations?.[0]?.physicalLocation?.artifactLocation ?? {};
      expect(uri).toMatch(/^aws\/123456789012\/iam\/[\w%.~!'()*/-]+$/);
      expect(partialFingerprints?.primaryLocationLineHash).toMatch(/^[\da-f]{64}:1$/);
    }
  });

  it('has a fingerprint of its own for every finding', () => {
    const fingerprints = write().runs[0]?.results?.map((result) => result.partialFingerprints?.primaryLocationLineHash);
    expect(new Set(fingerprints).size).toBe(fingerprints?.length);
  });

  it('tells of what could not be read', () => {
    const [run] = write({ gaps: ['no report'] }).runs;
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      'account 123456789012: no report',
    );
  });
});
