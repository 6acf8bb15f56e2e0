// The credential report against a running endpoint, long enough to come in parts.
import { expect, it } from 'vitest';
import { startEndpoint } from '../../../src/endpoint/index.ts';
import { administratorOf, callWell, readElement } from './signed-call.ts';

it('comes whole, as an answer of any other length does', async () => {
  const users = Array.from({ length: 1_000 }, (_, number) => ({ UserName: `user-${String(number).padStart(4, '0')}` }));
  await using endpoint = await startEndpoint({ seed: { accounts: [{ accountId: '123456789012', users }] } });
  const admin = administratorOf(endpoint);
  await callWell(endpoint, admin, 'GenerateCredentialReport');
  endpoint.advanceClock(2_000);
  while ((await callWell(endpoint, admin, 'GenerateCredentialReport')).includes('INPROGRESS'));
  const xml = await callWell(endpoint, admin, 'GetCredentialReport');
  expect(xml).toMatch(/<\/ReportFormat>[^]*<\/GetCredentialReportResponse>\n$/);
  const lines = Buffer.from(readElement(xml, 'Content') ?? '', 'base64')
    .toString()
    .split('\n');
  expect(lines).toHaveLength(1_003);
  expect(lines[1]).toMatch(/^<root_account>,/);
  expect(lines.at(-1)).toMatch(/^user-0999,/);
});
