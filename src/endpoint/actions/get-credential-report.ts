import { refuse } from './refusals.ts';
import { findReportState } from './report-state.ts';
import type { IamAction } from './service-action.ts';

/** AWS refuses without a message. */
const silent = '';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html */
export const getCredentialReport: IamAction<'GetCredentialReport'> = {
  resource() {
    return '*';
  },

  perform({ caller: { accountId }, directory, now }) {
    const { credentialReports } = directory;
    const { state, GeneratedTime } = findReportState(credentialReports.find(accountId), now);
    if (state === 'absent') throw refuse('ReportNotPresent', silent);
    if (state === 'in progress') throw refuse('ReportInProgress', silent);
    if (state === 'expired') throw refuse('ReportExpired', silent);
    return { Content: Buffer.concat([...credentialReports.parts(accountId)]), ReportFormat: 'text/csv', GeneratedTime };
  },
};
