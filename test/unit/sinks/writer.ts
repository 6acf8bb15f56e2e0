/**
 * A process of its own that writes profiles, for tests that need another user, a full disk or a crash:
 * `node writer.ts '{"file", "profile", "pairs", "uid"?, "forever"?}'`. Prints `ready`, then the outcome.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { Secret } from '../../../src/secret.ts';
import { KeyturnError } from '../../../src/errors.ts';
import { checkProfile, writeProfile } from './write-profile.ts';

export interface WriterTask {
  readonly file: string;
  readonly profile: string;
  readonly pairs: readonly (readonly [AccessKeyId: string, secret: string])[];
  /** Drop from root to this user first. */
  readonly uid?: number;
  readonly forever?: boolean;
  readonly checkOnly?: boolean;
}

const task = JSON.parse(process.argv[2] ?? '') as WriterTask;
if (task.uid !== undefined) process.setuid?.(task.uid);
console.log('ready');
try {
  do {
    for (const [AccessKeyId, secret] of task.pairs) {
      const place = { file: task.file, profile: task.profile, force: true };
      if (task.checkOnly === true) await checkProfile(place);
      else await writeProfile({ ...place, AccessKeyId, SecretAccessKey: new Secret(secret) });
      await sleep(0);
    }
  } while (task.forever === true);
  console.log('done');
} catch (error) {
  if (!(error instanceof KeyturnError)) throw error;
  console.log(`${error.code}: ${error.message}; ${error.hint ?? ''}`);
}
