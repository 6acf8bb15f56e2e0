import type { ServiceModel } from '../../../src/protocol/model.ts';

/** A service with one operation that has every kind of shape there is. */
export const toy = {
  source: 'this test',
  service: 'toy',
  apiVersion: '2000-01-01',
  xmlns: 'https://toy.example/doc/',
  operations: { Play: { input: 'Everything', output: 'Everything' }, Rest: {} },
  shapes: {
    Everything: {
      type: 'structure',
      members: {
        Text: 'text',
        Count: 'count',
        Flag: 'flag',
        Time: 'time',
        Bytes: 'bytes',
        Password: 'password',
        Words: 'words',
        Counts: 'counts',
        Boxes: 'boxes',
        Labels: 'labels',
      },
      required: ['Text'],
    },
    text: { type: 'string', enum: ['one', 'two'] },
    count: { type: 'integer', min: -5, max: 5 },
    flag: { type: 'boolean' },
    time: { type: 'timestamp' },
    bytes: { type: 'blob' },
    password: { type: 'string', min: 8, sensitive: true },
    words: { type: 'list', member: 'word', min: 1, max: 3 },
    word: { type: 'string', min: 2 },
    counts: { type: 'list', member: 'count' },
    boxes: { type: 'list', member: 'Box' },
    Box: { type: 'structure', members: { Words: 'words', Inner: 'Inner' }, required: ['Inner'] },
    Inner: { type: 'structure', members: { Count: 'count' } },
    labels: { type: 'map', key: 'word', value: 'count' },
  },
  faults: {},
} as const satisfies ServiceModel;
