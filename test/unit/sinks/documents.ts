import fc from 'fast-check';

const spaces = fc.constantFrom('', '', '', ' ', '  ', '\t', '    ');
const names = fc.constantFrom(
  'aws_access_key_id',
  'aws_secret_access_key',
  'AWS_SESSION_TOKEN',
  'aws_session_token',
  'region',
  's3',
  'output',
  'x',
);
const delimiters = fc.constantFrom(' = ', '=', ' =', ': ', '= ');
const values = fc.constantFrom('', 'AKIAOLDOLDOLDOLDOLD1', 'a#b;c=d', 'v ; why', 'v # why', '+/=', 'eu-west-1', '"q"');
const headers = fc.constantFrom(
  '[dev]',
  '[default]',
  '[other]',
  '[ dev ]',
  '["dev"]',
  '[profile dev]',
  '[dev] # mine',
  '[dev',
);
const comments = fc.constantFrom('# note', '; note', '', '   ', 'nonsense', '#[dev]', '\uFEFF');
const breaks = fc.constantFrom('\n', '\n', '\n', '\r\n');

const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(spaces, names, delimiters, values).map((parts) => parts.join('')) },
  { weight: 2, arbitrary: fc.tuple(spaces, headers).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(spaces, comments).map((parts) => parts.join('')) },
);

/** Shared files as people, tools and accidents make them: well-formed and odd lines in any order. */
export const iniDocument: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', '\uFEFF'), fc.array(fc.tuple(line, breaks)), fc.boolean())
  .map(([mark, lines, isEnded]) => {
    const text = mark + lines.map((parts) => parts.join('')).join('');
    return isEnded ? text : text.replace(/\r?\n$/, '');
  });

function signs(all: string): fc.Arbitrary<string> {
  return fc.constantFrom(...Array.from(all));
}

/** Secrets of AWS's alphabet, and of every other sign that a shared file can hold. */
export const secret: fc.Arbitrary<string> = fc
  .string({ unit: signs('abXY09+/=#;:[]%$&"`~!'), minLength: 1, maxLength: 40 })
  .filter((text) => text.trim() !== '');

export const accessKeyId: fc.Arbitrary<string> = fc
  .string({ unit: signs('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'), minLength: 16, maxLength: 16 })
  .map((text) => `AKIA${text}`);
