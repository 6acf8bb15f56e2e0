import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createPrinter, type Printer, type Stream } from '../../../../src/cli/output/printer.ts';

function makeStream(terminal: { isTTY?: boolean; columns?: number } = {}): Stream & { text: string } {
  const stream = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        stream.text += chunk.toString();
        done();
      },
    }),
    { text: '', ...terminal },
  );
  return stream;
}

const terminal = { isTTY: true, columns: 60 };

function makePrinter(options: {
  stdout?: Stream;
  stderr?: Stream;
  env?: Record<string, string>;
  quiet?: boolean;
  color?: boolean;
}): Printer {
  return createPrinter({
    stdout: makeStream(),
    stderr: makeStream(),
    env: {},
    quiet: false,
    color: true,
    ...options,
  });
}

describe('data', () => {
  it('goes to stdout, and talk to stderr', async () => {
    const [stdout, stderr] = [makeStream(), makeStream()];
    const printer = makePrinter({ stdout, stderr });
    printer.talk('working');
    await printer.data('a row\n');
    expect([stdout.text, stderr.text]).toEqual(['a row\n', 'working\n']);
  });

  it.each([
    ['EPIPE', { code: 'EPIPE' }],
    ['ENOSPC', { code: 'ERR_FILE', message: 'cannot write to standard output: write ENOSPC' }],
  ])('says so when it cannot be written: %s', async (code, expected) => {
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error(`write ${code}`), { code }));
      },
    });
    stdout.on('error', () => undefined);
    await expect(makePrinter({ stdout }).data('x')).rejects.toMatchObject(expected);
  });
});

describe('--quiet', () => {
  it('silences talk and progress, and neither warnings nor errors', () => {
    const stderr = makeStream(terminal);
    const printer = makePrinter({ stderr, quiet: true, color: false });
    printer.talk('talk');
    printer.progress('progress');
    printer.tell('warning');
    printer.error('error: no\n');
    expect(stderr.text).toBe('warning\nerror: no\n');
  });
});

describe('progress', () => {
  it('is one line, cut to the terminal, and makes way for whatever else is printed', async () => {
    const stderr = makeStream({ isTTY: true, columns: 10 });
    const printer = makePrinter({ stderr });
    printer.progress('1234567890 users');
    printer.progress('2');
    await printer.data('row\n');
    printer.talk('done');
    expect(stderr.text).toBe('12345678…\r\u001b[2K2\r\u001b[2Kdone\n');
    printer.progress('');
    expect(stderr.text).toMatch(/done\n$/);
  });

  it('is not shown where there is no terminal', () => {
    const stderr = makeStream();
    makePrinter({ stderr }).progress('1 user');
    expect(stderr.text).toBe('');
  });
});

describe('colour', () => {
  it.each([
    [{ stdout: makeStream(terminal) }, true],
    [{ stdout: makeStream() }, false],
    [{ stdout: makeStream(terminal), env: { NO_COLOR: '1' } }, false],
    [{ stdout: makeStream(terminal), env: { NO_COLOR: '' } }, true],
    [{ stdout: makeStream(terminal), color: false }, false],
  ])('is for terminals that want it (%#)', (options, colour) => {
    expect(makePrinter(options).look.colour).toBe(colour);
  });

  it('marks an error on a terminal', () => {
    const stderr = makeStream(terminal);
    makePrinter({ stderr }).error('error: no\n');
    expect(stderr.text).toBe('\u001b[31merror:\u001b[39m no\n');
  });
});

describe('the width', () => {
  it.each([
    [{ stdout: makeStream(terminal) }, 60],
    [{ stdout: makeStream({ isTTY: true }) }, 80],
    [{ stdout: makeStream() }, Infinity],
    [{ stdout: makeStream(), env: { COLUMNS: '50' } }, 50],
    [{ stdout: makeStream(), env: { COLUMNS: 'wide' } }, Infinity],
  ])('is the terminal’s, else that of COLUMNS (%#)', (options, width) => {
    expect(makePrinter(options).look.width).toBe(width);
  });
});

describe('talk', () => {
  it('has no power over the terminal', () => {
    const stderr = makeStream();
    makePrinter({ stderr }).talk('a\u001b[2Jb');
    expect(stderr.text).toBe('a [2Jb\n');
  });
});
