import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PolicyKind } from '../../../src/policy/document.ts';
import { MalformedPolicyDocument } from '../../../src/policy/malformed.ts';
import { parsePolicy } from '../../../src/policy/parse.ts';
import { readVectors } from './vectors.ts';

interface GrammarFile {
  readonly theme: string;
  /** `document` as text, or as a value to be written as JSON; a document without a `message` is valid. */
  readonly cases: readonly {
    readonly name: string;
    readonly kind: PolicyKind;
    readonly document: unknown;
    readonly message?: string;
  }[];
}

const folder = new URL('../../vectors/policy/grammar/', import.meta.url);
const files = readdirSync(folder).map((file) => readVectors(`grammar/${file}`) as GrammarFile);

/** The message of the refusal, or undefined where the document is taken. */
function findRefusal(text: string, kind: PolicyKind): string | undefined {
  try {
    parsePolicy(text, kind);
    return undefined;
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) return error.message;
    throw error;
  }
}

describe.each(files)('$theme', ({ cases }) => {
  it.each(cases)('$name', ({ document, kind, message }) => {
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    expect(findRefusal(text, kind)).toBe(message);
  });
});

describe('positions', () => {
  function locate(text: string): readonly (readonly number[])[] {
    const { statements } = parsePolicy(text, 'inline');
    return statements.map(({ StartPosition: start, EndPosition: end }) => [
      start.Line,
      start.Column,
      end.Line,
      end.Column,
    ]);
  }
  const statement = '{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}';

  // https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-custom-policy.html
  it('of a lone statement, as in the example of simulate-custom-policy', () => {
    const condition = '{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}';
    const lone = `{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":${condition}}`;
    expect(locate(`{"Version":"2012-10-17","Statement":${lone}}`)).toEqual([[1, 38, 1, 167]]);
  });

  // https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-principal-policy.html
  it('of a statement in a list over several lines, as in the example of simulate-principal-policy', () => {
    const lines = [
      '{',
      '    "Version": "2012-10-17",',
      '    "Statement": [',
      '        {',
      '            "Effect": "Allow",',
    ];
    const rest = [
      '            "Action": "codecommit:ListRepositories",',
      '            "Resource": "*"',
      '',
      '        }',
      '    ]',
      '}',
    ];
    expect(locate([...lines, ...rest].join('\n'))).toEqual([[3, 19, 9, 10]]);
    expect(locate([...lines, ...rest].join('\r\n'))).toEqual([[3, 19, 9, 10]]);
  });

  it('of statements in a list: each begins where the one before it ends', () => {
    expect(locate(`{"Version":"2012-10-17","Statement":[${statement}, ${statement}]}`)).toEqual([
      [1, 38, 1, 94],
      [1, 94, 1, 152],
    ]);
  });
});

describe('hostile documents', () => {
  it('are refused before they exhaust the stack', () => {
    const deep = '['.repeat(100_000);
    expect(findRefusal(deep, 'inline')).toBe('Syntax errors in policy.');
    expect(findRefusal(`{"Statement":${deep}`, 'trust')).toBe('This policy contains invalid Json');
  });

  it('are read in a time that grows with their length', () => {
    const long = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::${'${a'.repeat(40_000)}"}}`;
    const started = performance.now();
    expect(findRefusal(long, 'inline')).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
