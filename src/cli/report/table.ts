import type { Finding } from '../../fleet/rules/index.ts';
import type { Cell, Column, Row } from '../output/table.ts';

/** @param withAccount where there is more than one */
export function describeFindingColumns(withAccount: boolean): readonly Column[] {
  return [
    { title: 'severity' },
    ...(withAccount ? [{ title: 'account' }] : []),
    { title: 'user', least: 8 },
    { title: 'access key id' },
    { title: 'finding', least: 14 },
  ];
}

export function toFindingRow(finding: Finding, withAccount: boolean): Row {
  const { Account, UserName, AccessKeyId, message } = finding;
  return [
    showSeverity(finding),
    ...(withAccount ? [{ text: Account }] : []),
    { text: UserName },
    AccessKeyId === undefined ? { text: '-', style: 'dim' } : { text: AccessKeyId },
    { text: message },
  ];
}

function showSeverity({ severity }: Finding): Cell {
  switch (severity) {
    case 'critical':
    case 'high':
      return { text: severity, style: 'red' };
    case 'medium':
      return { text: severity, style: 'yellow' };
    case 'low':
      return { text: severity, style: 'dim' };
  }
}
