// Bodies that nobody in their right mind would send, drawn along the tables of the services.
import fc from 'fast-check';
import { findShape, findStructure, type ServiceModel, type Shape } from '../../../src/protocol/model.ts';

/** Names of parameters with their values, in order; names may come twice. */
export type Parameters = readonly (readonly [name: string, value: string])[];

const arnOf = (path: string) => `arn:aws:iam::123456789012:${path}`;
/** Of things that may be there. The caller is not among them, who would soon lose its key or its permissions. */
const knownNames = [
  'bob',
  'team',
  'reader',
  'mine',
  '/',
  '/a/',
  '123456',
  '123456789012',
  'v1',
  'bedrock.amazonaws.com',
];
const knownArns = ['user/bob', 'role/reader', 'group/team', 'policy/mine', 'mfa/phone', 'root'].map(arnOf);

const extremeTexts = [
  '',
  '\0',
  'a\0b',
  '\u{1F511}\u202E\uFEFF\uFFFE',
  '\u0007',
  '&#0;<!--]]>',
  '%00%zz',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '9999999999999999999',
  '0x10',
  'true',
  'NaN',
  '1970-01-01T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  "'; DROP TABLE users; --",
  '/'.repeat(2_000),
  '/a'.repeat(1_000),
  'a-'.repeat(2_000),
  'a'.repeat(100_000),
];

/** One statement around what is to be compared; wildcards that make a careless matcher try everything. */
const wildStatement = fc.record(
  {
    Sid: fc.string({ maxLength: 10 }),
    Effect: fc.constantFrom('Allow', 'Deny', 'Perhaps'),
    Action: fc.constantFrom('*', 'iam:*', 'iam:*Get*U*s*e*r*', ['s3:*a*a*a*a*b', 'sts:?*?*?*'], 'bogus', []),
    Resource: fc.constantFrom(
      '*',
      'arn:aws:s3:::*a*a*a*a*a*a*a*a*b',
      `arn:aws:s3:::${'*a'.repeat(2_000)}b`,
      `arn:aws:s3:::*${'a'.repeat(1_000)}b`,
      'arn:aws:iam::*:user/${aws:username}${${*}}${',
      '('.repeat(50),
      '(a+)+$',
    ),
    Principal: fc.constantFrom('*', { AWS: ['*', '123456789012', arnOf('root')] }, { Service: 'x' }, [], null),
    Condition: fc.dictionary(
      fc.constantFrom('StringLike', 'ForAllValues:StringEquals', 'IpAddress', 'DateLessThan', 'Null', 'NoSuch', 'Bool'),
      fc.dictionary(
        fc.constantFrom('aws:username', 'aws:TagKeys', 'aws:SourceIp', 'aws:CurrentTime', '__proto__', ''),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('*a*a*a*a*b', '10.0.0.0/99', ['true', '*'], '9e99')),
        { maxKeys: 3 },
      ),
      { maxKeys: 3 },
    ),
  },
  { requiredKeys: ['Effect', 'Action'] },
);

const documentText = fc.oneof(
  fc
    .record({
      Version: fc.constantFrom('2012-10-17', '2008-10-17', '1', null),
      Statement: fc.oneof(wildStatement, fc.array(wildStatement, { maxLength: 20 })),
    })
    .map((document) => JSON.stringify(document)),
  fc.json({ maxDepth: 5 }),
  fc.constantFrom(
    '['.repeat(100_000),
    '{"a":'.repeat(20_000),
    `{${' '.repeat(100_000)}`,
    `{"${'\\n'.repeat(50_000)}`,
    '{"Version":"2012-10-17","Version":"2012-10-17"}',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: Array.from({ length: 1_000 }, () => ({ Effect: 'Allow', Action: '*', Resource: '*' })),
    }),
  ),
);

/** Mostly one of the likely ones. */
function drawText(...likely: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...likely) },
    { weight: 2, arbitrary: fc.constantFrom(...extremeTexts) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  );
}

const text = drawText(...knownNames, ...knownArns);
const plainDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'iam:Get*', Resource: '*' },
});

function drawScalar(shapeName: string, shape: Shape): fc.Arbitrary<string> {
  if (/document|simulationpolicy/i.test(shapeName)) return fc.oneof(fc.constant(plainDocument), documentText, text);
  if (/arn/i.test(shapeName)) return drawText(...knownArns);
  if (shape.type === 'integer') return fc.oneof(fc.integer({ min: 1, max: 1_000 }).map(String), drawText('7', '3600'));
  if (shape.type === 'boolean') return drawText('true', 'false');
  if (shape.type === 'string' && shape.enum !== undefined) return drawText(...shape.enum);
  return drawText(...knownNames);
}

/** Mostly what the shape wants, at times flat where it is deep or deep where it is flat. */
function drawParameters(model: ServiceModel, shapeName: string, path: string, depth: number): fc.Arbitrary<Parameters> {
  const shape = findShape(model, shapeName);
  const scalar = drawScalar(shapeName, shape).map((value): Parameters => [[path, value]]);
  const odd = fc.constantFrom<Parameters>(
    [[path, '']],
    [[`${path}.member.2147483647`, 'x']],
    [[`${path}.member.-1`, 'x']],
    [[`${path}.member.1.2.3`, 'x']],
    [[path + '.member.1'.repeat(5_000), 'x']],
    [[`${path}.entry.1.key`, '__proto__']],
    Array.from({ length: 2_000 }, (_, index): [string, string] => [`${path}.member.${index + 1}`, 'x']),
  );
  const fit = depth > 4 ? scalar : drawFit(model, shape, path, depth, scalar);
  return fc.oneof({ weight: 30, arbitrary: fit }, { weight: 1, arbitrary: scalar }, { weight: 1, arbitrary: odd });
}

function drawFit(
  model: ServiceModel,
  shape: Shape,
  path: string,
  depth: number,
  scalar: fc.Arbitrary<Parameters>,
): fc.Arbitrary<Parameters> {
  if (shape.type === 'structure') {
    return joinAll(
      Object.entries(shape.members).map(([name, member]) =>
        drawParameters(model, member, path === '' ? name : `${path}.${name}`, depth + 1),
      ),
      shape.required?.length ?? 0,
    );
  }
  if (shape.type !== 'list') return scalar;
  const elements = ['1', '2', '3', '5', '03'].map((index) =>
    drawParameters(model, shape.member, `${path}.member.${index}`, depth + 1),
  );
  return joinAll(elements, 1);
}

/** Some of them, at least so many, in any order. */
function joinAll(parts: readonly fc.Arbitrary<Parameters>[], least: number): fc.Arbitrary<Parameters> {
  return fc.tuple(...parts).chain((drawn) => {
    return fc.shuffledSubarray(drawn, { minLength: Math.min(least, drawn.length) }).map((some) => some.flat());
  });
}

/** The parameters of an operation of an AWS Query service. */
export function drawQuery(model: ServiceModel, operationName: string): fc.Arbitrary<Parameters> {
  const input = findStructure(model, operationName, 'input');
  const name = model.operations[operationName]?.input;
  return input === undefined || name === undefined
    ? text.map((value): Parameters => [['UserName', value]])
    : drawFit(model, input, '', 0, fc.constant([]));
}

/** The body of an operation of an AWS JSON service. */
export function drawJson(model: ServiceModel, operationName: string): fc.Arbitrary<string> {
  const members = Object.keys(findStructure(model, operationName, 'input')?.members ?? { None: '' });
  const value = fc.oneof(text, fc.jsonValue({ maxDepth: 4 }), fc.integer(), fc.constantFrom(1e308, -1, null, true));
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.dictionary(fc.constantFrom(...members, '__proto__'), value).map((input) => JSON.stringify(input)),
    },
    { weight: 1, arbitrary: fc.json() },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '{', '[', 'null', '\uFEFF{}', '['.repeat(200_000), '{"a":'.repeat(100_000)),
    },
  );
}
