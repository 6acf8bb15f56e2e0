import { expect, it } from 'vitest';
import { getCallerIdentity } from '../../../src/iam/index.ts';
import { catchFailure } from './catch-failure.ts';
import { caller, HurriedClock, refuse, say, startScriptedIam } from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

const at =
  (date: string, reply: Reply): Reply =>
  (response, received) => {
    response.setHeader('date', new Date(date).toUTCString());
    reply(response, received);
  };
const identity = caller('arn:aws:iam::123456789012:user/alice');

it("is this machine's before the first answer, and AWS's from then on", async () => {
  await using iam = await startScriptedIam({
    GetCallerIdentity: [
      at('2026-11-23T13:00:00Z', identity),
      at('2026-11-23T14:00:00Z', refuse('AccessDenied', 403)),
      at('2020-01-01T00:00:00Z', say(200, 'text/html', '<html>sign in</html>')),
    ],
  });
  const clock = new HurriedClock();
  const aws = iam.connect({ clock });
  expect(aws.serverTime()).toEqual(clock.now());
  await getCallerIdentity(aws);
  await clock.wait(90_000);
  expect(aws.serverTime()).toEqual(new Date('2026-11-23T13:01:30Z'));
  await catchFailure(getCallerIdentity(aws));
  expect(aws.serverTime()).toEqual(new Date('2026-11-23T14:00:00Z'));
  await catchFailure(getCallerIdentity(aws));
  expect(aws.serverTime()).toEqual(new Date('2026-11-23T14:00:00Z'));
});

it('passes by the time that setting the clock does not move', async () => {
  await using iam = await startScriptedIam({ GetCallerIdentity: at('2026-11-23T13:00:00Z', identity) });
  let monotonic = 5.5;
  const clock = { now: () => new Date(0), wait: () => Promise.resolve(), monotonic: () => monotonic };
  const aws = iam.connect({ clock });
  await getCallerIdentity(aws);
  monotonic += 1000;
  expect(aws.serverTime()).toEqual(new Date('2026-11-23T13:00:01Z'));
});
