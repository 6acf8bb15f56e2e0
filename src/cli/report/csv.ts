import type { Finding } from '../../fleet/rules/index.ts';
import { formatCsvObject } from '../output/csv.ts';
import { flattenObject } from '../output/json.ts';
import { findingToJson } from './json.ts';

export const findingColumns = [
  'Severity',
  'Rule',
  'Account',
  'AccountName',
  'UserName',
  'AccessKeyId',
  'ServiceSpecificCredentialId',
  'Message',
  'Since',
  'Remedy',
  'Replacement.Kind',
  'Replacement.Text',
  'Replacement.Because',
  'Arn',
  'Evidence',
  'Fingerprint',
] as const;

/** A finding as a row; its evidence in one cell. */
export function formatFindingRow(finding: Finding): string {
  const Evidence = finding.evidence.map(({ fact, value, source }) => `${fact} ${value} (${source})`).join('; ');
  return formatCsvObject({ ...flattenObject(findingToJson(finding)), Evidence }, findingColumns);
}
