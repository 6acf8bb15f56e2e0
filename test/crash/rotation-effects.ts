// The parts of a rotation with a point before and after everything they do to the world: there a process can die.

/** A moment of a process: before, in or after its n-th effect. */
export interface Point {
  readonly effect: number;
  readonly when: 'before' | 'inside' | 'after';
  /** `sink.deliver profile:deploy`. */
  readonly name: string;
}

export type Meet = (point: Point) => Promise<void> | void;

export class Effects {
  readonly #meet: Meet;
  #count = 0;

  constructor(meet: Meet) {
    this.#meet = meet;
  }

  /** The same part, each call of these methods an effect. @param describe what the name of an effect says of its input */
  watch<T extends object>(
    part: T,
    kind: string,
    methods: readonly (keyof T & string)[],
    describe: (...input: never[]) => string = () => '',
  ): T {
    return new Proxy(part, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        const call = value.bind(target) as (...input: never[]) => Promise<unknown>;
        if (!(methods as readonly (string | symbol)[]).includes(property)) return call;
        return (...input: never[]) =>
          this.around(`${kind}.${String(property)} ${describe(...input)}`.trim(), () => call(...input));
      },
    });
  }

  async around<T>(name: string, act: () => Promise<T>): Promise<T> {
    const effect = ++this.#count;
    await this.#meet({ effect, when: 'before', name });
    try {
      return await act();
    } finally {
      await this.#meet({ effect, when: 'after', name });
    }
  }

  /** The moment between the last look at the lease and the change itself, of the effect that is under way. */
  inside(name: string): void {
    void this.#meet({ effect: this.#count, when: 'inside', name });
  }
}
