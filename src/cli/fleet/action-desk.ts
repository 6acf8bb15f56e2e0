import type { ActionDesk } from '../../fleet/act/index.ts';
import { systemClock } from '../../iam/clock.ts';
import type { Journal } from '../../journal/journal.ts';
import { HeldLease } from '../../rotation/index.ts';
import type { AwsDoor } from '../connect.ts';
import type { Context } from '../context.ts';
import { isHolderGone, nameHolder } from '../holder.ts';
import { makeRecordId } from '../journal.ts';
import { nameOperator } from '../rotation/compose.ts';

/** What fleet actions need of the world. */
export function composeDesk({ interruption }: Context, { connection }: AwsDoor, journal: Journal): ActionDesk {
  const taker = { journal, clock: systemClock, holder: nameHolder(), isGone: isHolderGone };
  return {
    aws: connection,
    journal,
    makeId: () => makeRecordId('a'),
    by: nameOperator(),
    signal: interruption.signal,
    async hold(subject, work) {
      const held = await HeldLease.take(taker, subject);
      try {
        return await work(held);
      } finally {
        await held.release();
      }
    },
  };
}
