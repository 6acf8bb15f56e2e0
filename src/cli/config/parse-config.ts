/** The text of keyturn.yaml as a value, or an error that says where in it. */
import * as v from 'valibot';
import { isMap, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { KeyturnError } from '../../errors.ts';
import { configSchema, type Config } from './schema.ts';

/**
 * @param file for messages
 * @throws {KeyturnError} `ERR_USAGE` with file, line and column
 */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const refuse = (message: string, offset = 0): KeyturnError => {
    const { line, col } = lines.linePos(offset);
    return new KeyturnError('ERR_USAGE', `${file}:${line}:${col}: ${message}`);
  };
  const [mistake] = document.errors;
  if (mistake !== undefined) throw refuse(mistake.message.split('\n', 1)[0] ?? '', mistake.pos[0]);
  const result = v.safeParse(configSchema, readValue(document, refuse) ?? {});
  if (result.success) return result.output;
  const [issue, ...others] = result.issues;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  throw refuse(`${describeIssue(issue)}${more}`, findNode(document, issue)?.range?.[0]);
}

/** Aliases that stand for too much, or for nothing, are found only here. */
function readValue(document: Document, refuse: (message: string) => KeyturnError): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}

type Issue = v.BaseIssue<unknown>;

function describeIssue(issue: Issue): string {
  const name = keysOf(issue).join('.') || 'the whole of it';
  return `${name} ${issue.message.startsWith('Invalid ') ? describeType(issue) : issue.message}`;
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'a map of names and values',
  Array: 'a list',
};

/** Where a schema has no words of its own. What was received is not repeated: it may be a secret in the wrong place. */
function describeType({ expected }: Issue): string {
  return `is not ${types[expected ?? ''] ?? `of the form ${expected}`}`;
}

function keysOf(issue: Issue): string[] {
  return (issue.path ?? []).map(({ key }) => String(key));
}

/** The part of the text that an issue is about; of what is missing, the key that it is missing under. */
function findNode(document: Document, issue: Issue): Node | undefined {
  const path = (issue.path ?? []).map(({ key }) => key);
  const isAboutKey = issue.path?.at(-1)?.origin === 'key';
  if (!isAboutKey) return asNode(document.getIn(path, true));
  return findKey(document, path) ?? findKey(document, path.slice(0, -1));
}

function findKey(document: Document, path: readonly unknown[]): Node | undefined {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (!isMap(parent)) return undefined;
  return parent.items
    .map(({ key }) => key)
    .find((key) => isScalar(key) && String(key.value) === String(path.at(-1))) as Node | undefined;
}

function asNode(value: unknown): Node | undefined {
  return typeof value === 'object' && value !== null && 'range' in value ? (value as Node) : undefined;
}
