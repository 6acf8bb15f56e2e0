import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { watchInterruption } from '../../../src/cli/interruption.ts';

const interrupted = { code: 'ERR_INTERRUPTED' };
const never = new Promise<never>(() => undefined);

describe('an interruption', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('by %s leaves work at once', async (name) => {
    const source = new EventEmitter();
    const interruption = watchInterruption(source);
    const work = interruption.race(never);
    source.emit(name);
    await expect(work).rejects.toMatchObject(interrupted);
    expect(interruption.signal.reason).toMatchObject(interrupted);
  });

  it('waits for what must not be left half done, and its words come first', async () => {
    const source = new EventEmitter();
    const interruption = watchInterruption(source);
    const step = Promise.withResolvers<string>();
    const work = interruption.race(interruption.hold(() => step.promise));
    source.emit('SIGINT');
    await setImmediate();
    step.resolve('deleted again');
    await expect(work).resolves.toBe('deleted again');
  });

  it('leaves what goes on after the held work', async () => {
    const source = new EventEmitter();
    const interruption = watchInterruption(source);
    const step = Promise.withResolvers<undefined>();
    const work = interruption.race(interruption.hold(() => step.promise).then(() => never));
    source.emit('SIGINT');
    step.resolve(undefined);
    await expect(work).rejects.toMatchObject(interrupted);
  });

  it('leaves even held work the second time, and says that it is in the middle', async () => {
    const source = new EventEmitter();
    const interruption = watchInterruption(source);
    const work = interruption.race(interruption.hold(() => never));
    source.emit('SIGINT');
    source.emit('SIGINT');
    await expect(work).rejects.toMatchObject({ ...interrupted, message: 'interrupted in the middle' });
  });

  it('changes nothing for work that is done', async () => {
    const interruption = watchInterruption(new EventEmitter());
    await expect(interruption.race(Promise.resolve(1))).resolves.toBe(1);
    expect(interruption.signal.aborted).toBe(false);
  });
});
