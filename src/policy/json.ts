/**
 * JSON as a policy document is written in it: each value knows where it stands, because simulations answer with lines and
 * columns, and a name given twice is an error, as the grammar's notes demand.
 *
 * Source: RFC 8259; https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

/** A place between two characters, both counts from 1: the column of the character that follows. */
export interface Position {
  readonly Line: number;
  readonly Column: number;
}

export type Json = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, Json>;
  /** Just behind the opening brace, and just behind the closing one. */
  readonly inside: Position;
  readonly end: Position;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly elements: readonly Json[];
  readonly inside: Position;
  readonly end: Position;
}

export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  /** The string itself; of any other scalar the characters that spell it. */
  readonly text: string;
  readonly end: Position;
}

export class JsonError extends Error {}

/** A policy nests seven deep; what nests deeper than this is an attack on the stack. */
const deepest = 64;

const blank = /[ \t\r\n]*/y;
const newline = /\r\n|\r|\n/g;
const token =
  /[{}[\],:]|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"[^"\\\0-\x1f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\0-\x1f]*)*"/y;

/** @throws JsonError where the text is not one JSON value, names a member twice, or nests too deep */
export function readJson(text: string): Json {
  const scanner = new Scanner(text);
  const value = readValue(scanner, scanner.next(), 0);
  if (scanner.next() !== undefined) throw new JsonError('text behind the value');
  return value;
}

type Token = JsonScalar | { readonly kind: 'mark'; readonly text: string; readonly end: Position };

class Scanner {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token, or undefined at the end of the text. */
  next(): Token | undefined {
    this.#skipBlank();
    if (this.#offset === this.#text.length) return undefined;
    token.lastIndex = this.#offset;
    const text = token.exec(this.#text)?.[0];
    if (text === undefined) throw new JsonError('not JSON');
    this.#offset = token.lastIndex;
    const kind = findKind(text);
    const end = { Line: this.#line, Column: this.#offset - this.#lineStart + 1 };
    return { kind, text: kind === 'string' ? (JSON.parse(text) as string) : text, end };
  }

  #skipBlank(): void {
    blank.lastIndex = this.#offset;
    const skipped = blank.exec(this.#text)?.[0] ?? '';
    for (const { 0: lineBreak, index } of skipped.matchAll(newline)) {
      this.#line += 1;
      this.#lineStart = this.#offset + index + lineBreak.length;
    }
    this.#offset += skipped.length;
  }
}

function findKind(text: string): Token['kind'] {
  if ('{}[],:'.includes(text)) return 'mark';
  if (text.startsWith('"')) return 'string';
  if (text === 'true' || text === 'false') return 'boolean';
  return text === 'null' ? 'null' : 'number';
}

function readValue(scanner: Scanner, first: Token | undefined, depth: number): Json {
  if (first === undefined) throw new JsonError('the text ends too early');
  if (depth > deepest) throw new JsonError('nested too deep');
  if (first.kind !== 'mark') return first;
  if (first.text === '{') return readObject(scanner, first.end, depth);
  if (first.text === '[') return readArray(scanner, first.end, depth);
  throw new JsonError(`unexpected ${first.text}`);
}

function readObject(scanner: Scanner, inside: Position, depth: number): JsonObject {
  const members = new Map<string, Json>();
  const end = readList(scanner, '}', (name) => {
    if (name.kind !== 'string') throw new JsonError('a name must be a string');
    if (members.has(name.text)) throw new JsonError('a name is given twice');
    if (!isMark(scanner.next(), ':')) throw new JsonError('a colon is missing');
    members.set(name.text, readValue(scanner, scanner.next(), depth + 1));
  });
  return { kind: 'object', members, inside, end };
}

function readArray(scanner: Scanner, inside: Position, depth: number): JsonArray {
  const elements: Json[] = [];
  const end = readList(scanner, ']', (first) => elements.push(readValue(scanner, first, depth + 1)));
  return { kind: 'array', elements, inside, end };
}

/** Reads what stands between brackets, each item from its first token; returns the place behind the closing one. */
function readList(scanner: Scanner, closing: string, readItem: (first: Token) => void): Position {
  let item = scanner.next();
  if (isMark(item, closing)) return item.end;
  for (;;) {
    if (item === undefined) throw new JsonError('the text ends too early');
    readItem(item);
    const separator = scanner.next();
    if (isMark(separator, closing)) return separator.end;
    if (!isMark(separator, ',')) throw new JsonError('a comma is missing');
    item = scanner.next();
  }
}

function isMark(token: Token | undefined, text: string): token is Token {
  return token?.kind === 'mark' && token.text === text;
}
