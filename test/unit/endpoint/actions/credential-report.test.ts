import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLoginProfile } from '../../../../src/endpoint/actions/create-login-profile.ts';
import { generateCredentialReport } from '../../../../src/endpoint/actions/generate-credential-report.ts';
import { getCredentialReport } from '../../../../src/endpoint/actions/get-credential-report.ts';
import { updateAccountPasswordPolicy } from '../../../../src/endpoint/actions/update-account-password-policy.ts';
import { Secret } from '../../../../src/secret.ts';
import { openDirectory } from '../../../../src/endpoint/directory/directory.ts';
import { accountId, birth, now, openAccount, refusal } from './rehearsal.ts';

const header =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const noKey = 'false,N/A,N/A,N/A,N/A';
const noCertificates = 'false,N/A,false,N/A';
const complete = new Date(now.getTime() + 2_000);

function readReport({ performAt }: ReturnType<typeof openAccount>, time = complete): string[] {
  const { Content } = performAt(time, getCredentialReport, {});
  return Buffer.concat([...(Content ?? [])])
    .toString()
    .split('\n');
}

describe('GenerateCredentialReport', () => {
  it('is started, in progress, complete, and anew after four hours', () => {
    const { performAt } = openAccount();
    const generate = (seconds: number) =>
      performAt(new Date(now.getTime() + seconds * 1_000), generateCredentialReport, {});
    const started = { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
    expect(generate(0)).toEqual(started);
    expect(generate(1.9)).toEqual({ State: 'INPROGRESS' });
    expect(generate(2)).toEqual({ State: 'COMPLETE' });
    expect(generate(4 * 3_600)).toEqual({ State: 'COMPLETE' });
    expect(generate(4 * 3_600 + 2)).toEqual(started);
  });
});

describe('GetCredentialReport', () => {
  it('refuses without a word while there is none to be had', () => {
    const account = openAccount();
    const { attempt, perform, performAt } = account;
    expect(attempt(getCredentialReport, {})).toThrow(refusal('ReportNotPresent', 410, ''));
    perform(generateCredentialReport, {});
    expect(attempt(getCredentialReport, {})).toThrow(refusal('ReportInProgress', 404, ''));
    const { ReportFormat, GeneratedTime } = performAt(complete, getCredentialReport, {});
    expect([ReportFormat, GeneratedTime]).toEqual(['text/csv', complete]);
    const late = new Date(complete.getTime() + 4 * 3_600_000);
    expect(() => performAt(late, getCredentialReport, {})).toThrow(refusal('ReportExpired', 410, ''));
  });

  it('shows the root user, then the users in the order of their names', () => {
    const account = openAccount();
    const { directory, perform, addUser, addKey, admin } = account;
    directory.accessKeys.delete(admin.accessKeyId);
    const bob = addUser('bob', '/a,b/');
    addUser('Charlie');
    perform(createLoginProfile, { UserName: 'Charlie', Password: new Secret('TestPassword123!') });
    directory.mfaDevices.create(accountId, `arn:aws:iam::${accountId}:mfa/phone`);
    const assignment = { UserId: bob.UserId, EnableDate: now, skew: 0, lastStep: 0 };
    directory.mfaDevices.assign(`arn:aws:iam::${accountId}:mfa/phone`, assignment);
    const [first = '', second = ''] = [addKey(bob.UserId), addKey(bob.UserId, birth)].sort();
    directory.accessKeys.setStatus(first, 'Inactive');
    directory.lastUses.record(second, { LastUsedDate: now, Region: 'eu-west-1', ServiceName: 's3' });
    addKey(accountId, birth);
    perform(updateAccountPasswordPolicy, { MaxPasswordAge: 30 });
    perform(generateCredentialReport, {});

    const [born, made] = ['2026-01-02T03:04:05Z', '2026-03-01T00:00:00Z'];
    const timeOf = (id: string) => `${directory.accessKeys.find(id)?.CreateDate.toISOString().slice(0, 19) ?? 'none'}Z`;
    expect(readReport(account)).toEqual([
      header,
      `<root_account>,arn:aws:iam::${accountId}:root,${born},false,N/A,N/A,not_supported,false,true,${born},N/A,N/A,N/A,${noKey},${noCertificates}`,
      `admin,arn:aws:iam::${accountId}:user/admin,${born},false,N/A,N/A,N/A,false,${noKey},${noKey},${noCertificates}`,
      `bob,"arn:aws:iam::${accountId}:user/a,b/bob",${made},false,N/A,N/A,N/A,true,false,${timeOf(first)},N/A,N/A,N/A,true,${timeOf(second)},${made},eu-west-1,s3,${noCertificates}`,
      `Charlie,arn:aws:iam::${accountId}:user/Charlie,${made},true,no_information,${made},2026-03-31T00:00:00Z,false,${noKey},${noKey},${noCertificates}`,
    ]);
  });

  it('stays as it was made, whatever changes meanwhile', () => {
    const account = openAccount();
    account.perform(generateCredentialReport, {});
    account.addUser('late');
    expect(readReport(account)).toHaveLength(3);
    const fourHours = new Date(complete.getTime() + 4 * 3_600_000);
    account.performAt(fourHours, generateCredentialReport, {});
    expect(readReport(account, new Date(fourHours.getTime() + 2_000))).toHaveLength(4);
  });

  it('is not mixed with the report after it', () => {
    const { perform, performAt } = openAccount();
    perform(generateCredentialReport, {});
    const { Content } = performAt(complete, getCredentialReport, {});
    performAt(new Date(complete.getTime() + 4 * 3_600_000), generateCredentialReport, {});
    expect(() => [...(Content ?? [])]).toThrow('the credential report was made anew while it was read');
  });

  function openLarge() {
    const account = openAccount();
    account.directory.transact(() => {
      for (let number = 0; number < 3_000; number++) account.addUser(`user-${String(number).padStart(5, '0')}`);
    });
    account.perform(generateCredentialReport, {});
    return account;
  }
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

  it('of many users is made between other requests, and can be had when it is whole', async () => {
    const account = openLarge();
    const { directory, performAt } = account;
    let turns = 0;
    for (; directory.credentialReports.find(accountId)?.length === 0; turns++) {
      expect(() => performAt(complete, getCredentialReport, {})).toThrow(refusal('ReportInProgress', 404, ''));
      expect(performAt(complete, generateCredentialReport, {})).toEqual({ State: 'INPROGRESS' });
      await nextTurn();
    }
    expect(turns).toBeGreaterThan(3);
    expect(readReport(account)).toHaveLength(3_003);
  });

  it('that was being made when the endpoint ended or was reset is not there', async () => {
    const { directory } = openLarge();
    directory.reset();
    await nextTurn();
    expect(directory.credentialReports.find(accountId)).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), 'keyturn-report-'));
    const first = openDirectory({ folder, lastUsedGranularity: 0, random: randomBytes, schedule: () => undefined });
    first.begin({ accountId, now });
    first.credentialReports.make(
      accountId,
      now,
      ['a', 'b', 'c'].map((text) => Buffer.from(text)),
    );
    expect(first.credentialReports.find(accountId)).toEqual({ requestedAt: now, length: 0 });
    first.close();
    const second = openDirectory({ folder, lastUsedGranularity: 0, random: randomBytes });
    expect(second.credentialReports.find(accountId)).toBeUndefined();
    second.close();
    rmSync(folder, { recursive: true });
  });

  it('is kept in parts that fit together, for many users', async () => {
    const account = openLarge();
    while (account.directory.credentialReports.find(accountId)?.length === 0) await nextTurn();
    const report = account.directory.credentialReports.find(accountId) ?? { requestedAt: now, length: 0 };
    const parts = [...account.directory.credentialReports.parts(accountId, report)];
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.slice(0, -1).every((part) => part.byteLength % 3 === 0)).toBe(true);
    const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
    expect(length).toBe(report.length);
    const lines = readReport(account);
    expect(lines).toHaveLength(3_003);
    expect(lines.at(-1)).toMatch(/^user-02999,/);
  });
});
