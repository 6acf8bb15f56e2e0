import { describe, expect, it } from 'vitest';
import { services } from '../../../../src/endpoint/actions/actions.ts';

describe('services', () => {
  it('have an action for each operation of their tables', () => {
    expect(Object.keys(services)).toEqual(['cloudtrail', 'iam', 'organizations', 'sts']);
    for (const [name, { model, actions }] of Object.entries(services)) {
      expect(model.service).toBe(name);
      expect([...actions.keys()].sort()).toEqual(Object.keys(model.operations).sort());
    }
  });
});
