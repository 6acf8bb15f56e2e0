import { BlobParts } from '../../protocol/blob-parts.ts';
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
    const report = credentialReports.find(accountId);
    const { state, GeneratedTime } = findReportState(report, now);
    if (report === undefined) throw refuse('ReportNotPresent', silent);
    if (state === 'in progress') throw refuse('ReportInProgress', silent);
    if (state === 'expired') throw refuse('ReportExpired', silent);
    const Content = new BlobParts(credentialReports.parts(accountId, report));
    return { Content, ReportFormat: 'text/csv', GeneratedTime };
  },
};
