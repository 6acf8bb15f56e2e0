import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../../src/cli/config/parse-config.ts';

const day = 86_400_000;

describe('fleet', () => {
  it('touches a tenth of the keys and does nothing where nothing is said', () => {
    expect(parseConfig('', 'k').fleet).toEqual({ maxKeys: { percent: 10 }, policies: [] });
    expect(parseConfig('fleet: {}', 'k').fleet).toEqual({ maxKeys: { percent: 10 }, policies: [] });
  });

  it('has policies in the order in which they are tried', () => {
    const text = `
fleet:
  maxKeys: 25
  policies:
    - { name: hands off, tag: legacy, reportOnly: true }
    - { name: forgotten, path: /machines/, deactivate: { unused: 45d, neverUsed: 30d }, delete: { after: 30d } }
    - { name: ci, user: ci-*, account: ['111122223333'], rotate: { older: 80d, to: command:github } }
`;
    expect(parseConfig(text, 'k').fleet).toEqual({
      maxKeys: { keys: 25 },
      policies: [
        { name: 'hands off', tags: ['legacy'], reportOnly: true },
        {
          name: 'forgotten',
          paths: ['/machines/'],
          reportOnly: false,
          deactivate: { unused: 45 * day, neverUsed: 30 * day },
          delete: { after: 30 * day },
        },
        {
          name: 'ci',
          users: ['ci-*'],
          accounts: ['111122223333'],
          reportOnly: false,
          rotate: { older: 80 * day, to: ['command:github'] },
        },
      ],
    });
  });

  it.each([
    ['maxKeys: 0', 'fleet.maxKeys is neither a share such as 10% nor a number of keys'],
    ['maxKeys: 110%', 'fleet.maxKeys is neither a share'],
    ['policies: [{ name: x }]', 'fleet.policies.0 says nothing to do'],
    ['policies: [{ deactivate: { unused: 1d } }]', 'fleet.policies.0.name is missing'],
    ['policies: [{ name: x, deactivate: {} }]', 'fleet.policies.0.deactivate is neither unused nor neverUsed'],
    ['policies: [{ name: x, delete: {} }]', 'fleet.policies.0.delete.after is missing'],
    ['policies: [{ name: x, rotate: { older: 1d } }]', 'fleet.policies.0.rotate.to is missing'],
    ['policies: [{ name: x, rotate: { older: 1d, to: [] } }]', 'fleet.policies.0.rotate.to is empty'],
    ['policies: [{ name: x, reportOnly: true, delete: { after: 1d } }]', 'fleet.policies.0 only reports, and says'],
    ['policies: [{ name: x, delte: { after: 1d } }]', 'fleet.policies.0.delte is not known; did you mean delete?'],
  ])('%s is refused', (text, message) => {
    expect(() => parseConfig(`fleet: { ${text} }`, 'k')).toThrow(message);
  });
});
