import { KeyturnError } from '../errors.ts';
import { parseDuration } from './duration.ts';

/**
 * An object of a document that people write (a seed, a rehearsal), read member by member. What is wrong is told with the place where it stands, and what is
 * left over at the end is told too: a misspelt member would otherwise be something else than was meant.
 */
export class Fields {
  readonly #document: string;
  readonly #place: string;
  readonly #members: Readonly<Record<string, unknown>>;
  readonly #unread: Set<string>;

  /**
   * @param place as in `accounts[0].users[3]`; empty for the document itself
   * @param document what it is called in messages
   */
  constructor(value: unknown, place: string, document: string) {
    this.#document = document;
    this.#place = place;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw refuse(place, 'is not an object', document);
    }
    this.#members = { ...value };
    this.#unread = new Set(Object.keys(this.#members));
  }

  /** The place of a member, for messages. */
  placeOf(name: string): string {
    return this.#place === '' ? name : `${this.#place}.${name}`;
  }

  /** An object further down in the same document. */
  within(value: unknown, place: string): Fields {
    return new Fields(value, place, this.#document);
  }

  /** For a member that cannot be meant; to be thrown by the caller. */
  refuse(name: string, problem: string): KeyturnError {
    return refuse(this.placeOf(name), problem, this.#document);
  }

  read(name: string): unknown {
    this.#unread.delete(name);
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
  }

  /** @param form a regular expression for the whole text */
  text(name: string, form?: RegExp): string | undefined {
    const value = this.read(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw this.refuse(name, 'is not a text');
    if (form !== undefined && !form.test(value)) throw this.refuse(name, `has not the form ${form.source}`);
    return value;
  }

  requireText(name: string, form?: RegExp): string {
    const value = this.text(name, form);
    if (value === undefined) throw this.refuse(name, 'is missing');
    return value;
  }

  number(name: string, least: number, most: number): number | undefined {
    const value = this.read(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw this.refuse(name, `is not a number from ${least} to ${most}`);
    }
    return value;
  }

  flag(name: string): boolean {
    const value = this.read(name);
    if (value !== undefined && typeof value !== 'boolean') throw this.refuse(name, 'is neither true nor false');
    return value ?? false;
  }

  /** A time, or a duration that says how long before now. */
  time(name: string, now: Date): Date | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const ago = parseDuration(text);
    const time = ago === undefined ? new Date(text) : new Date(now.getTime() - ago);
    if (Number.isNaN(time.getTime())) throw this.refuse(name, 'is neither a time nor a duration such as 90d');
    return time;
  }

  /** One of a few texts. */
  choice<const T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.refuse(name, `is none of ${choices.join(', ')}`);
    return choice;
  }

  /** The elements of a list, read one by one; none where there is no list. */
  list<T>(name: string, readElement: (value: unknown, place: string) => T): T[] {
    const value = this.read(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.refuse(name, 'is not a list');
    return value.map((element, index) => readElement(element, `${this.placeOf(name)}[${index}]`));
  }

  /** The members of an object whose names are data; none where there is no object. */
  entries(name: string): [string, unknown][] {
    const value = this.read(name);
    if (value === undefined) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.refuse(name, 'is not an object');
    }
    return Object.entries<unknown>({ ...value });
  }

  /** To be called when all is read. */
  end(): void {
    const [name] = this.#unread;
    if (name !== undefined) throw this.refuse(name, 'is not something it can say');
  }
}

/** For what cannot be meant at a place of a document; to be thrown by the caller. */
export function refuse(place: string, problem: string, document: string): KeyturnError {
  const where = place === '' ? document : `${place} of ${document}`;
  return new KeyturnError('ERR_USAGE', `${where} ${problem}`, { hint: 'docs/endpoint.md says what can stand there' });
}
