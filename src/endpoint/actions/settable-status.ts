import type { AccessKeyStatus } from '../directory/records.ts';
import { refuse } from './refusals.ts';

/** A status that a caller can set; AWS's list has one more. @throws AwsFault InvalidInput */
export function requireSettable(Status: AccessKeyStatus | 'Expired'): AccessKeyStatus {
  if (Status === 'Expired') throw refuse('InvalidInput', 'Operation does not support status Expired');
  return Status;
}
