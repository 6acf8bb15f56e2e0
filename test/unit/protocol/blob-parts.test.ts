import { describe, expect, it } from 'vitest';
import { BlobParts, cutAtBlob } from '../../../src/protocol/blob-parts.ts';
import type { ServiceModel } from '../../../src/protocol/model.ts';
import { writeAnswer } from '../../../src/protocol/xml.ts';

const model: ServiceModel = {
  source: 'by hand',
  service: 'iam',
  apiVersion: '2010-05-08',
  operations: { GetBook: { output: 'Book' } },
  shapes: {
    Book: { type: 'structure', members: { Title: 'Text', Content: 'Pages', Note: 'Text' } },
    Text: { type: 'string' },
    Pages: { type: 'blob', inParts: true },
  },
  faults: {},
};

describe('an answer with bytes in parts', () => {
  it('is what it would be in one piece, though nothing is read before it is sent', () => {
    let read = 0;
    const pages = ['abc', 'defghi', 'j'];
    const readPages = function* () {
      for (const page of pages) {
        read++;
        yield Buffer.from(page);
      }
    };
    // What stands for the bytes is not mistaken for them elsewhere.
    const output = { Title: 'a\uFFFEb', Content: new BlobParts(readPages()), Note: 'end' };
    const { body, tail = [] } = cutAtBlob(writeAnswer(model, 'GetBook', output, 'an-id'), output);
    expect(read).toBe(0);
    const whole = { ...output, Content: Buffer.from(pages.join('')) };
    expect([body, ...tail].join('')).toBe(writeAnswer(model, 'GetBook', whole, 'an-id'));
  });

  it('is in one piece where there are none', () => {
    expect(cutAtBlob('text', { Content: Buffer.from('a') })).toEqual({ body: 'text' });
    expect(cutAtBlob('text', undefined)).toEqual({ body: 'text' });
  });
});
