import { parseDuration } from '../duration.ts';
import { Fields, refuse } from '../fields.ts';
import type { Consistency, Fault, RehearsalTerms, Throttling } from './terms.ts';

const mostReplicas = 100;
const accountForm = /^\d{12}$/;

/**
 * The terms of a rehearsal out of a document (docs/endpoint.md, "Rehearsals"). Durations are texts such as `4s`, or
 * numbers of milliseconds.
 *
 * @returns undefined for a document that asks for nothing
 * @throws KeyturnError ERR_USAGE that names the place
 */
export function readTerms(document: unknown): RehearsalTerms | undefined {
  const fields = new Fields(document, '', 'the rehearsal');
  const seed = fields.text('seed') ?? '1';
  const value = fields.read('consistency');
  const consistency = value === undefined ? undefined : readConsistency(value, fields);
  const throttling = fields.list('throttling', (element, place) => readThrottling(fields.within(element, place)));
  const faults = fields.list('faults', (element, place) => readFault(fields.within(element, place)));
  fields.end();
  const isEmpty = consistency === undefined && throttling.length === 0 && faults.length === 0;
  return isEmpty ? undefined : { seed, consistency, throttling, faults };
}

function readConsistency(value: unknown, outer: Fields): Consistency {
  const fields = outer.within(value, 'consistency');
  const delay = readRange(fields, 'delay');
  const replicas = fields.number('replicas', 1, mostReplicas) ?? 3;
  fields.end();
  return { delay, replicas: Math.floor(replicas) };
}

function readThrottling(fields: Fields): Throttling {
  const scope = readScope(fields);
  const rate = fields.number('rate', 0, 1e6);
  const burst = fields.number('burst', 1, 1e6) ?? Math.max(1, rate ?? 1);
  fields.end();
  if (rate === undefined) throw fields.refuse('rate', 'is missing');
  return { ...scope, rate, burst };
}

function readFault(fields: Fields): Fault {
  const kind = fields.choice('kind', ['error', 'latency', 'lost-answer']);
  const common = {
    ...readScope(fields),
    skip: fields.number('skip', 0, 1e9),
    count: fields.number('count', 1, 1e9),
    rate: fields.number('rate', 0, 1),
  };
  const fault = readKind(kind, fields);
  fields.end();
  return { ...common, ...fault };
}

function readKind(kind: Fault['kind'] | undefined, fields: Fields) {
  switch (kind) {
    case 'latency':
      return { kind, delay: readRange(fields, 'delay') };
    case 'lost-answer':
      return { kind };
    case 'error':
      return {
        kind,
        code: fields.text('code', /^[A-Za-z][\w.]{0,99}$/) ?? 'ServiceUnavailable',
        message: fields.text('message') ?? 'The request has failed due to a temporary failure of the server.',
        status: Math.floor(fields.number('status', 400, 599) ?? 503),
        done: fields.flag('done'),
      };
    case undefined:
      throw fields.refuse('kind', 'is missing');
  }
}

function readScope(fields: Fields) {
  const actions = fields.list('actions', (element, place) => {
    if (typeof element === 'string' && /^[\w*?:-]{1,128}$/.test(element)) return element;
    throw refuse(place, 'is not the name of an action', 'the rehearsal');
  });
  return { actions: actions.length === 0 ? undefined : actions, accountId: fields.text('accountId', accountForm) };
}

/** One duration, or two between which it is drawn. */
function readRange(fields: Fields, name: string): { from: number; to: number } {
  const value = fields.read(name);
  const exact = toMilliseconds(value);
  if (exact !== undefined) return { from: exact, to: exact };
  if (typeof value !== 'object' || value === null) throw fields.refuse(name, 'is neither a duration nor two');
  const range = fields.within(value, fields.placeOf(name));
  const from = toMilliseconds(range.read('from'));
  const to = toMilliseconds(range.read('to'));
  range.end();
  if (from === undefined || to === undefined || from > to) {
    throw fields.refuse(name, 'has no from and to that are durations in this order');
  }
  return { from, to };
}

function toMilliseconds(value: unknown): number | undefined {
  if (typeof value === 'string') return parseDuration(value);
  return typeof value === 'number' && value >= 0 && value <= 86_400_000 ? value : undefined;
}
