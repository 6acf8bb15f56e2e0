import { describe, expect, it } from 'vitest';
import { listAccessKeys } from '../../../src/iam/index.ts';
import { catchFailure } from './catch-failure.ts';
import { answer, caller, keyXml, listOf, sessionToken, secretAccessKey, startScriptedIam } from './scripted-iam.ts';
import type { Reply } from './scripted-iam.ts';

const first = 'AKIARZPUZDIKBBBBBBBB';
const second = 'AKIARZPUZDIKCCCCCCCC';
const session = { accessKeyId: 'ASIARZPUZDIKAAAAAAAA', secretAccessKey, sessionToken };

function page(keys: string, marker?: string): Reply {
  const more = marker === undefined ? '' : `<Marker>${marker}</Marker>`;
  return answer(`<IsTruncated>true</IsTruncated>${more}<AccessKeyMetadata>${keys}</AccessKeyMetadata>`);
}

describe('listAccessKeys', () => {
  it("takes one call for a user's own keys", async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(keyXml(first)) });
    const lines: string[] = [];
    const keys = await listAccessKeys(iam.connect({ logger: { info: (line) => lines.push(line) } }));
    const CreateDate = new Date('2026-01-02T03:04:05Z');
    expect(keys).toEqual([{ UserName: 'alice', AccessKeyId: first, Status: 'Active', CreateDate }]);
    expect(iam.received.map(({ parameters }) => parameters.get('UserName'))).toEqual([null]);
    expect(lines).toEqual(['got 1 access key for alice']);
  });

  it('reads all pages', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: [page(keyXml(first), 'next'), page('', 'last'), listOf(keyXml(second))],
    });
    const keys = await listAccessKeys(iam.connect(), { UserName: 'alice' });
    expect(keys.map(({ AccessKeyId }) => AccessKeyId)).toEqual([first, second]);
    expect(iam.received.map(({ parameters }) => parameters.get('Marker'))).toEqual([null, 'next', 'last']);
  });

  it.each([
    ['without a Marker', [page('')]],
    ['with the Marker it had', [page('', 'a')]],
    ['with a Marker that comes round', [page('', 'a'), page('', 'b'), page('', 'a')]],
  ])('stops at a list that has no end: more %s', async (_what, replies) => {
    await using iam = await startScriptedIam({ ListAccessKeys: replies });
    const error = await catchFailure(listAccessKeys(iam.connect(), { UserName: 'alice' }));
    expect(error.code).toBe('ERR_NOT_IAM');
    expect(error.message).toContain('no end');
  });

  it('passes on a status it does not know', async () => {
    await using iam = await startScriptedIam({
      ListAccessKeys: listOf(keyXml(first, 'Expired'), keyXml(second, 'Suspended')),
    });
    const keys = await listAccessKeys(iam.connect(), { UserName: 'alice' });
    expect(keys.map(({ Status }) => Status)).toEqual(['Expired', 'Suspended']);
  });

  it("names the user of a user's temporary session, which IAM does not", async () => {
    await using iam = await startScriptedIam({
      GetCallerIdentity: caller('arn:aws-cn:iam::123456789012:user/a/b/alice'),
      ListAccessKeys: listOf(),
    });
    await listAccessKeys(iam.connect({ credentials: session }));
    expect(iam.received[1]?.parameters.get('UserName')).toBe('alice');
  });

  it("lists root's own keys, which have no user name", async () => {
    const rootKey = `<member><AccessKeyId>${first}</AccessKeyId><Status>Active</Status><CreateDate>2026-01-02T03:04:05Z</CreateDate></member>`;
    await using iam = await startScriptedIam({ ListAccessKeys: listOf(rootKey) });
    const keys = await listAccessKeys(iam.connect());
    expect(keys.map(({ UserName }) => UserName)).toEqual(['<root_account>']);
  });

  it('asks a role to name a user, without asking IAM', async () => {
    await using iam = await startScriptedIam({
      GetCallerIdentity: caller('arn:aws:sts::123456789012:assumed-role/Ops/me'),
    });
    const error = await catchFailure(listAccessKeys(iam.connect({ credentials: session })));
    expect(error.code).toBe('ERR_CALLER');
    expect(iam.actions).toEqual(['GetCallerIdentity']);
  });

  it('asks nobody who the caller is when a user is named', async () => {
    await using iam = await startScriptedIam({ ListAccessKeys: listOf() });
    await listAccessKeys(iam.connect({ credentials: session }), { UserName: 'alice' });
    expect(iam.actions).toEqual(['ListAccessKeys']);
  });
});
