import { KeyturnError } from '../errors.ts';

/**
 * Ctrl-C, and the signals that mean the same. A command is left where it stands at once, except while it holds
 * something that must not be left half done: then it is told by the signal, and left when it lets go.
 */
export interface Interruption {
  /** Aborted by the first interruption, with the reason `ERR_INTERRUPTED`. */
  readonly signal: AbortSignal;
  /** Does work that is not left at the first interruption; a second one leaves even that. */
  hold<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for work, and throws `ERR_INTERRUPTED` when an interruption comes before its end. */
  race<T>(work: Promise<T>): Promise<T>;
}

/** Where the interruptions come from: the process, or a test. */
export interface SignalSource {
  on(name: NodeJS.Signals, listener: () => void): unknown;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function watchInterruption(source: SignalSource): Interruption {
  const controller = new AbortController();
  const left = Promise.withResolvers<never>();
  let holders = 0;
  let interruptions = 0;

  function leaveIfFree(): void {
    if (interruptions === 0) return;
    if (holders === 0) left.reject(createReason());
    else if (interruptions > 1) left.reject(createForcedReason());
  }

  left.promise.catch(() => undefined);
  for (const name of signals) {
    source.on(name, () => {
      interruptions += 1;
      controller.abort(createReason());
      leaveIfFree();
    });
  }

  return {
    signal: controller.signal,
    async hold(work) {
      holders += 1;
      try {
        return await work();
      } finally {
        holders -= 1;
        // After what waits for this work: its error, or its message, comes first.
        setImmediate(leaveIfFree);
      }
    },
    race: (work) => Promise.race([work, left.promise]),
  };
}

function createForcedReason(): KeyturnError {
  return new KeyturnError('ERR_INTERRUPTED', 'interrupted in the middle', {
    hint: 'see what was done before you go on',
  });
}

function createReason(): KeyturnError {
  return new KeyturnError('ERR_INTERRUPTED', 'interrupted');
}
