/**
 * Reads the cases under test/vectors/recordings, calls one after the other and what AWS answered to each, and compares.
 *
 * A step is an action, its parameters and its answer: what is in the answer's result, `"<name>"` for a text that is kept
 * under that name and may be used in later steps, `"<>"` for any text; or a refusal, `"404 NoSuchEntity its message"`.
 * `"<name@-1>"` in a parameter is the code that a virtual MFA device with the seed of that name showed one step ago.
 * A fourth element names another caller than the administrator: `"ann"` signs with what is kept as `annKey`, `annSecret`
 * and, of a session, `annToken`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { showCode } from './authenticator.ts';
import type { Pair, Reply } from './signed-call.ts';

export type Value = string | readonly Value[] | { readonly [name: string]: Value };
type Structure = Readonly<Record<string, Value>>;

export interface Step {
  readonly action: string;
  readonly parameters: Structure;
  readonly answer: Value;
  readonly caller: string | undefined;
}

interface RecordingFile {
  readonly sources: readonly string[];
  readonly cases: readonly { readonly name: string; readonly steps: readonly [string, Structure, Value, string?][] }[];
}

const root = new URL('../../vectors/recordings/', import.meta.url);

export function readRecordings(): { readonly name: string; readonly steps: readonly Step[] }[] {
  return readdirSync(root).flatMap((file) => {
    const { cases } = JSON.parse(readFileSync(new URL(file, root), 'utf8')) as RecordingFile;
    return cases.map(({ name, steps }) => ({
      name: `${file.replace('.json', '')}: ${name}`,
      steps: steps.map(([action, parameters, answer, caller]) => ({ action, parameters, answer, caller })),
    }));
  });
}

/** What a caller signs with. */
export function findPair(caller: string, known: ReadonlyMap<string, string>): Pair {
  const [accessKeyId = '', secretAccessKey = ''] = [known.get(`${caller}Key`), known.get(`${caller}Secret`)];
  const sessionToken = known.get(`${caller}Token`);
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** The parameters as the Query protocol spells them, names in `known` replaced. */
export function flatten(value: Value, known: ReadonlyMap<string, string>, name = ''): [string, string][] {
  if (typeof value === 'string')
    return [
      [
        name,
        value.replaceAll(
          /<(\w+)(?:@(-?\d))?>/g,
          (text, key, step) => findText(known, String(key), step as string | undefined) ?? text,
        ),
      ],
    ];
  const inner: (readonly [string, Value])[] = Array.isArray(value)
    ? (value as readonly Value[]).map((element, index) => [`member.${index + 1}`, element])
    : Object.entries(value);
  return inner.flatMap(([key, element]) => flatten(element, known, name === '' ? key : `${name}.${key}`));
}

/** What is kept under a name, or the code of a seed that is: of the present step of time, or so many steps off. */
function findText(known: ReadonlyMap<string, string>, key: string, step: string | undefined): string | undefined {
  const text = known.get(key);
  if (text === undefined || step === undefined) return text;
  return showCode(text, Number(step));
}

/** What a reply says, in the form of the recorded answers. */
export function readAnswer(action: string, { status, code, message, body }: Reply): Value {
  if (status !== 200) return [String(status), code, message].filter((part) => part !== undefined).join(' ');
  const result = new RegExp(`<${action}Result>(.*)</${action}Result>`, 's').exec(body)?.[1];
  return result === undefined ? {} : readXml(result);
}

/** Elements within a text, or else the text itself. */
function readXml(xml: string): Value {
  return xml.includes('<') ? readElements(xml) : unescape(xml);
}

/** Policy documents are read too. */
function readElements(xml: string): Value {
  const members: [string, Value][] = [];
  let rest = xml.trim();
  while (rest !== '') {
    const [whole = '', name = '', empty] = /^<(\w+)(\/)?>/.exec(rest) ?? [rest];
    const end = empty === undefined ? findEnd(rest, name) : whole.length;
    const inner = empty === undefined ? rest.slice(whole.length, end - `</${name}>`.length) : '';
    const text = readXml(inner);
    members.push([
      name,
      name.endsWith('Document') && typeof text === 'string' ? (JSON.parse(decodeURIComponent(text)) as Value) : text,
    ]);
    rest = rest.slice(end).trim();
  }
  if (members.every(([name]) => name === 'member')) return members.map(([, value]) => value);
  return Object.fromEntries(members.map(([name, value]) => (name === 'entry' ? readEntry(value) : [name, value])));
}

/** Of a map. */
function readEntry(entry: Value): readonly [string, Value] {
  const { key, value } = entry as { readonly key: string; readonly value: Value };
  return [key, value];
}

/** Behind the element with which a text begins. */
function findEnd(xml: string, name: string): number {
  let depth = 0;
  for (const match of xml.matchAll(new RegExp(`<(/?)${name}>`, 'g'))) {
    depth += match[1] === '' ? 1 : -1;
    if (depth === 0) return match.index + match[0].length;
  }
  throw new Error(`no end of ${name}: ${xml}`);
}

function unescape(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** What was received, with the recorded answer's placeholders where they stand for it; keeps the texts with a name. */
export function generalize(received: Value, recorded: Value | undefined, known: Map<string, string>): Value {
  if (typeof recorded === 'string' && typeof received === 'string') {
    const name = /^<(\w*)>$/.exec(recorded)?.[1];
    if (name === undefined) return recorded === fill(received, known) ? recorded : received;
    if (name === '') return received === '' ? received : recorded;
    if (known.has(name)) return received === known.get(name) ? recorded : received;
    known.set(name, received);
    return recorded;
  }
  if (received === '' && typeof recorded === 'object' && Object.keys(recorded).length === 0) return recorded;
  if (typeof received === 'string') return received;
  if (Array.isArray(received)) {
    return (received as readonly Value[]).map((element, index) =>
      generalize(element, Array.isArray(recorded) ? (recorded as readonly Value[])[index] : undefined, known),
    );
  }
  const recordedMembers = typeof recorded === 'object' && !Array.isArray(recorded) ? (recorded as Structure) : {};
  return Object.fromEntries(
    Object.entries(received).map(([name, value]) => [name, generalize(value, recordedMembers[name], known)]),
  );
}

function fill(text: string, known: ReadonlyMap<string, string>): string {
  return [...known].reduce((filled, [name, value]) => filled.replaceAll(value, `<${name}>`), text);
}
