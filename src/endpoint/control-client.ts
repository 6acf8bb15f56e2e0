/** The control API as test suites in other processes use it. */

import { KeyturnError } from '../errors.ts';
import type { Secret } from '../secret.ts';
import type { Planted } from './seed/plant.ts';

/** A request the endpoint has answered. */
export interface ControlledRequest {
  readonly id: string;
  readonly time: Date;
  readonly action?: string;
  readonly AccessKeyId?: string;
  readonly status: number;
}

/** The endpoint of another process, under control. Every method throws KeyturnError ERR_USAGE or ERR_NETWORK. */
export interface Control {
  /** Back to what the first start made, and to the real time; nothing goes wrong any more. */
  reset(): Promise<void>;
  now(): Promise<Date>;
  setClock(now: Date): Promise<Date>;
  /** @param duration as in `15m` */
  advanceClock(duration: string): Promise<Date>;
  /** Writes accounts, users, keys and an organization, all or nothing: docs/endpoint.md, "Seeds". */
  plant(seed: unknown): Promise<Planted>;
  /** Lets things go wrong on purpose; `{}` ends it: docs/endpoint.md, "Rehearsals". */
  rehearse(rehearsal: unknown): Promise<void>;
  /** How many requests each fault of the rehearsal has hit, in their order. */
  hits(): Promise<readonly number[]>;
  /** The latest requests, oldest first. @param limit at most so many */
  requests(limit?: number): Promise<readonly ControlledRequest[]>;
}

/**
 * The control API of an endpoint that was started with `control`.
 *
 * @param url of the endpoint
 * @example
 * const control = connectControl('http://127.0.0.1:7411', process.env.KEYTURN_CONTROL_TOKEN);
 * await control.rehearse({ faults: [{ kind: 'lost-answer', actions: ['iam:CreateAccessKey'], count: 1 }] });
 */
export function connectControl(url: string, token: string | Secret): Control {
  const ask = (method: 'GET' | 'POST', path: string, body?: unknown) => askControl(url, token, { method, path, body });
  const readNow = async (answer: Promise<unknown>) => new Date(readText(await answer, 'now'));
  return {
    async reset() {
      await ask('POST', 'reset');
    },
    now: () => readNow(ask('GET', 'clock')),
    setClock: (now) => readNow(ask('POST', 'clock', { now: now.toISOString() })),
    advanceClock: (advance) => readNow(ask('POST', 'clock', { advance })),
    plant: async (seed) => read(await ask('POST', 'seed', seed), 'planted') as Planted,
    async rehearse(rehearsal) {
      await ask('POST', 'rehearsal', rehearsal);
    },
    async hits() {
      const rehearsal = read(await ask('GET', 'rehearsal'), 'rehearsal');
      return rehearsal === null ? [] : (read(rehearsal, 'hits') as number[]);
    },
    async requests(limit) {
      const path = limit === undefined ? 'requests' : `requests?limit=${limit}`;
      const requests = read(await ask('GET', path), 'requests') as (Omit<ControlledRequest, 'time'> & {
        time: string;
      })[];
      return requests.map((request) => ({ ...request, time: new Date(request.time) }));
    },
  };
}

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: unknown;
}

async function askControl(url: string, token: string | Secret, { method, path, body }: Question): Promise<unknown> {
  const target = new URL(`/_keyturn/${path}`, url);
  const Authorization = `Bearer ${typeof token === 'string' ? token : token.reveal()}`;
  const response = await fetch(target, {
    method,
    headers: { Authorization, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new KeyturnError('ERR_NETWORK', `the endpoint at ${url} cannot be reached`, { cause });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  const error = read(answer, 'error');
  const message = typeof error === 'object' ? readText(error, 'message') : `the control API of ${url} is not open`;
  throw new KeyturnError('ERR_USAGE', message);
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function readText(value: unknown, name: string): string {
  const text = read(value, name);
  return typeof text === 'string' ? text : '';
}
