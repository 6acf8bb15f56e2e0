import { createCipheriv, createHash, type Cipheriv } from 'node:crypto';

const chunk = 65_536;

/**
 * Random bytes and choices that come out the same for the same seed: the key stream of AES-256 in counter mode, under a
 * key made of the seed.
 *
 * @example
 * new SeededRandom('42').below(6); // one of 0 to 5, and the same one every time
 */
export class SeededRandom {
  readonly #cipher: Cipheriv;
  #bytes: Buffer = Buffer.alloc(0);
  #used = 0;

  constructor(seed: string) {
    this.#cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(seed).digest(), Buffer.alloc(16));
  }

  /** In the form of `randomBytes`, for whoever draws ids and secrets. */
  readonly bytes = (size: number): Uint8Array => {
    const { length } = this.#bytes;
    if (this.#used + size <= length) {
      this.#used += size;
      return this.#bytes.subarray(this.#used - size, this.#used);
    }
    this.#bytes = this.#cipher.update(Buffer.alloc(Math.max(chunk, size)));
    this.#used = size;
    return this.#bytes.subarray(0, size);
  };

  /** A number from 0 up to but not including 1. */
  draw(): number {
    const bytes = this.bytes(4);
    return Buffer.from(bytes.buffer, bytes.byteOffset, 4).readUInt32LE() / 2 ** 32;
  }

  /** A whole number from 0 up to but not including `limit`. */
  below(limit: number): number {
    return Math.floor(this.draw() * limit);
  }

  /** Whether something with this probability happens. */
  chance(probability: number): boolean {
    return this.draw() < probability;
  }

  /** An element of a list that has some. */
  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }
}
