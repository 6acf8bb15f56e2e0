import { describe, expect, it, vi } from 'vitest';
import { listAllAccessKeys } from '../../../src/iam/index.ts';
import { catchFailure } from './catch-failure.ts';
import { answer, HurriedClock, keyXml, listOf, refuse, startScriptedIam } from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

const names = Array.from({ length: 23 }, (_, index) => `user-${String(index).padStart(2, '0')}`);

function users(these: readonly string[], marker?: string): Reply {
  const members = these.map((name) => `<member><UserName>${name}</UserName></member>`).join('');
  const more =
    marker === undefined
      ? '<IsTruncated>false</IsTruncated>'
      : `<IsTruncated>true</IsTruncated><Marker>${marker}</Marker>`;
  return answer(`${more}<Users>${members}</Users>`);
}

/** One key for each user, whose id ends in the user's number. */
const oneKeyEach: Reply = (response, received) => {
  const name = received.parameters.get('UserName') ?? '';
  listOf(keyXml(idOf(name), 'Active', name))(response, received);
};

function idOf(name: string): string {
  return `AKIARZPUZDIKAAAAAA${name.slice(-2)}`;
}

describe('listAllAccessKeys', () => {
  it('goes through all users in order, page by page, and tells how far it is', async () => {
    await using iam = await startScriptedIam({
      ListUsers: [users(names.slice(0, 10), 'more'), users(names.slice(10))],
      ListAccessKeys: oneKeyEach,
    });
    const found: string[] = [];
    const progress: { Users: number; AccessKeys: number }[] = [];
    const lines: string[] = [];
    const aws = iam.connect({ logger: { info: (line) => lines.push(line) } });
    for await (const key of listAllAccessKeys(aws, { onProgress: (now) => progress.push(now) }))
      found.push(key.UserName);
    expect(found).toEqual(names);
    expect(progress.at(-1)).toEqual({ Users: 23, AccessKeys: 23 });
    expect(progress).toHaveLength(23);
    expect(lines).toEqual(['got 23 access keys of 23 users']);
    const listed = iam.received.filter(({ action }) => action === 'ListUsers');
    expect(listed.map(({ parameters }) => [parameters.get('MaxItems'), parameters.get('Marker')])).toEqual([
      ['1000', null],
      ['1000', 'more'],
    ]);
  });

  it('asks for the users of a path', async () => {
    await using iam = await startScriptedIam({ ListUsers: users([]) });
    expect(await listAllAccessKeys(iam.connect(), { PathPrefix: '/blue/' }).next()).toMatchObject({ done: true });
    expect(iam.received[0]?.parameters.get('PathPrefix')).toBe('/blue/');
  });

  it('looks at five users at a time, and not ahead of a slow reader', async () => {
    await using iam = await startScriptedIam({ ListUsers: users(names), ListAccessKeys: oneKeyEach });
    const keys = listAllAccessKeys(iam.connect());
    await keys.next();
    const countListings = () => iam.actions.filter((action) => action === 'ListAccessKeys').length;
    await vi.waitFor(() => {
      expect(countListings()).toBe(5);
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(countListings()).toBe(5);
    await keys.return();
  });

  it('leaves out a user deleted in the meantime', async () => {
    const reply: Reply = (response, received) => {
      const gone = received.parameters.get('UserName') === 'user-01';
      (gone ? refuse('NoSuchEntity', 404, 'The user with name user-01 cannot be found.') : oneKeyEach)(
        response,
        received,
      );
    };
    await using iam = await startScriptedIam({ ListUsers: users(names.slice(0, 3)), ListAccessKeys: reply });
    const found: string[] = [];
    for await (const key of listAllAccessKeys(iam.connect())) found.push(key.UserName);
    expect(found).toEqual(['user-00', 'user-02']);
  });

  it('loses nobody where IAM is asked too often', async () => {
    let count = 0;
    const reply: Reply = (response, received) => {
      count += 1;
      (count % 3 === 0 ? oneKeyEach : refuse('Throttling', 400, 'Rate exceeded'))(response, received);
    };
    await using iam = await startScriptedIam({
      ListUsers: [refuse('Throttling', 400), users(names)],
      ListAccessKeys: reply,
    });
    const clock = new HurriedClock();
    const found: string[] = [];
    for await (const key of listAllAccessKeys(iam.connect({ clock, maxAttempts: 1 }))) found.push(key.UserName);
    expect(found).toEqual(names);
    expect(clock.waits.length).toBeGreaterThan(10);
  });

  it('fails where a user cannot be read, rather than leave it out', async () => {
    const reply: Reply = (response, received) => {
      const denied = received.parameters.get('UserName') === 'user-07';
      (denied ? refuse('AccessDenied', 403, 'not allowed') : oneKeyEach)(response, received);
    };
    await using iam = await startScriptedIam({ ListUsers: users(names), ListAccessKeys: reply });
    const lines: string[] = [];
    const aws = iam.connect({ logger: { error: (line) => lines.push(line) } });
    const drain = async () => {
      for await (const key of listAllAccessKeys(aws)) expect(key.UserName < 'user-07').toBe(true);
    };
    expect(await catchFailure(drain())).toMatchObject({ code: 'ERR_ACCESS_DENIED' });
    expect(lines).toContain('could not list the access keys of user-07: not allowed');
  });

  it('does not take no list of users for an empty one', async () => {
    await using iam = await startScriptedIam({ ListUsers: answer('<IsTruncated>false</IsTruncated>') });
    expect(await catchFailure(listAllAccessKeys(iam.connect()).next())).toMatchObject({ code: 'ERR_NOT_IAM' });
  });

  it('ends with its caller', async () => {
    const stop = new AbortController();
    await using iam = await startScriptedIam({ ListUsers: users(names), ListAccessKeys: oneKeyEach });
    const drain = async () => {
      for await (const key of listAllAccessKeys(iam.connect(), { signal: stop.signal })) {
        if (key.UserName === 'user-02') stop.abort();
      }
    };
    expect(await catchFailure(drain())).toMatchObject({ code: 'ERR_INTERRUPTED' });
    expect(iam.actions.length).toBeLessThan(12);
  });
});
