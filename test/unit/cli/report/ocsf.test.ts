import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { writeOcsf } from '../../../../src/cli/report/ocsf.ts';
import { hostileUsers, makeReport } from './a-report.ts';

const text = { type: 'string', minLength: 1 };

/** What https://schema.ocsf.io/1.9.0/classes/compliance_finding requires, with the profile cloud, and the types of the rest. */
const schema = {
  type: 'array',
  items: {
    type: 'object',
    required: [
      'activity_id',
      'category_uid',
      'class_uid',
      'type_uid',
      'time',
      'severity_id',
      'metadata',
      'finding_info',
      'compliance',
      'cloud',
    ],
    properties: {
      activity_id: { const: 1 },
      category_uid: { const: 2 },
      class_uid: { const: 2003 },
      type_uid: { const: 200301 },
      time: { type: 'integer', minimum: 1.6e12 },
      severity_id: { enum: [2, 3, 4, 5] },
      status_id: { const: 1 },
      metadata: {
        type: 'object',
        required: ['product', 'version'],
        properties: { version: { const: '1.9.0' }, product: { type: 'object', required: ['name', 'vendor_name'] } },
      },
      finding_info: {
        type: 'object',
        required: ['uid', 'title'],
        properties: { uid: text, title: text, analytic: { type: 'object', required: ['type_id'] } },
      },
      compliance: {
        type: 'object',
        required: ['control', 'standards', 'status_id'],
        properties: { standards: { type: 'array', minItems: 1, items: text }, status_id: { enum: [2, 3] } },
      },
      cloud: { type: 'object', required: ['provider'], properties: { provider: { const: 'AWS' } } },
      resources: { type: 'array', minItems: 1, items: { type: 'object', required: ['uid', 'type'] } },
    },
  },
};

const validate = new Ajv({ strict: false }).compile(schema);

describe('OCSF', () => {
  it.each([
    ['findings', {}],
    ['no findings', { users: [] }],
    ['names that try to be more than text', { users: hostileUsers }],
  ])('of %s has what the class requires', (_, parts) => {
    validate(JSON.parse([...writeOcsf(makeReport(parts))].join('')));
    expect(validate.errors).toBeNull();
  });

  it('has an event a line, and a warning for what is not known', () => {
    const lines = [...writeOcsf(makeReport())].join('').split('\n').slice(1, -2);
    const events = lines.map(
      (line) => JSON.parse(line.replace(/,$/, '')) as { compliance: { control: string; status: string } },
    );
    expect(events.length).toBeGreaterThan(5);
    for (const { compliance } of events) {
      expect(compliance.status).toBe(compliance.control === 'unknown-evidence' ? 'Warning' : 'Fail');
    }
  });
});
