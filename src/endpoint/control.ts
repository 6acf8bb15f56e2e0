/**
 * The control API under `/_keyturn/`: for test suites that move the endpoint's clock, empty it, or look at what it was
 * asked. JSON in and out; docs/contract.md, "The endpoint".
 */

import { hash, timingSafeEqual } from 'node:crypto';
import { KeyturnError } from '../errors.ts';
import type { Secret } from '../secret.ts';
import { findHeader, type SignableRequest } from '../sigv4/request.ts';
import type { Answer } from './answer.ts';
import { parseDuration } from './duration.ts';
import type { Engine } from './engine.ts';

export const controlPath = '/_keyturn/';

/** A control request that is refused; the message goes to the caller. */
class ControlRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const longestBody = 1024 * 1024;

/** Answers a control request; what it refuses is answered with a 4xx and the reason. */
export function answerControl(request: SignableRequest, token: Secret, engine: Engine): Answer {
  try {
    requireTrusted(request, token);
    return compose(200, carryOut(request, engine), engine);
  } catch (error) {
    const { status, message } = error instanceof ControlRefusal ? error : explain(error, engine);
    return compose(status, { error: { message } }, engine);
  }
}

/** A clock cannot be moved everywhere, and not every document can be meant; what else goes wrong is for the log. */
function explain(error: unknown, engine: Engine): ControlRefusal {
  if (error instanceof RangeError || error instanceof KeyturnError) return new ControlRefusal(400, error.message);
  engine.log({ kind: 'failed', requestId: undefined, cause: error });
  return new ControlRefusal(500, 'something went wrong');
}

/** A page in a browser always says where it comes from in an Origin header, and has no business here. */
function requireTrusted(request: SignableRequest, token: Secret): void {
  if (findHeader(request, 'origin') !== undefined) throw new ControlRefusal(403, 'web pages are not served');
  const sent = findHeader(request, 'authorization') ?? '';
  if (!timingSafeEqual(digest(sent), digest(`Bearer ${token.reveal()}`))) {
    throw new ControlRefusal(401, 'the Authorization header does not hold the control token');
  }
}

/** Digests have one length, whatever was sent. */
function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

function carryOut(request: SignableRequest, engine: Engine): object {
  const route = `${request.method} ${request.path.slice(controlPath.length)}`;
  switch (route) {
    case 'POST reset':
      engine.reset();
      return { now: engine.now() };
    case 'POST clock':
      moveClock(readJson(request.body), engine);
      return { now: engine.now() };
    case 'GET clock':
      return { now: engine.now() };
    case 'POST seed':
      return { planted: engine.plant(readJson(request.body)) };
    case 'GET rehearsal':
      return describeRehearsal(engine);
    case 'POST rehearsal':
      engine.rehearse(readJson(request.body));
      return describeRehearsal(engine);
    case 'GET requests':
      return { requests: engine.answered.list(readLimit(request.query)) };
    default:
      throw new ControlRefusal(404, `there are ${routes.join(', ')}`);
  }
}

const routes = [
  ...['POST reset', 'GET clock', 'POST clock', 'POST seed'],
  ...['GET rehearsal', 'POST rehearsal', 'GET requests'],
];

/** The terms as they were understood, and how many requests each fault has hit. */
function describeRehearsal({ rehearsal }: Engine): object {
  return rehearsal === undefined ? { rehearsal: null } : { rehearsal: { ...rehearsal.terms, hits: rehearsal.hits } };
}

function moveClock(wanted: object, engine: Engine): void {
  if ('now' in wanted && typeof wanted.now === 'string') {
    const now = new Date(wanted.now);
    if (Number.isNaN(now.getTime())) throw new ControlRefusal(400, 'now is not a time');
    engine.clock.set(now);
  } else if ('advance' in wanted && typeof wanted.advance === 'string') {
    const duration = parseDuration(wanted.advance);
    if (duration === undefined) throw new ControlRefusal(400, 'advance is not a duration such as 90s, 15m, 24h or 7d');
    engine.clock.advance(duration);
  } else {
    throw new ControlRefusal(400, 'the body is neither {"now": TIME} nor {"advance": DURATION}');
  }
}

function readJson(body: Uint8Array): object {
  if (body.length > longestBody) throw new ControlRefusal(400, 'the body is too long');
  const value = parseJson(Buffer.from(body).toString());
  if (typeof value !== 'object' || value === null) throw new ControlRefusal(400, 'the body is not a JSON object');
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readLimit(query: string): number | undefined {
  const limit = new URLSearchParams(query).get('limit');
  if (limit === null) return undefined;
  if (!/^\d{1,6}$/.test(limit)) throw new ControlRefusal(400, 'limit is not a number');
  return Number(limit);
}

function compose(status: number, value: object, engine: Engine): Answer {
  const body = `${JSON.stringify(value)}\n`;
  return { status, contentType: 'application/json', body, requestId: engine.drawRequestId(), date: engine.now() };
}
