import { composeReport } from '../credential-report.ts';
import { findReportState } from './report-state.ts';
import type { IamAction } from './service-action.ts';

/**
 * A report shows the account as it is when it is asked for, or while it is made where that takes long, and can be had
 * shortly after. It is made anew once it is four hours old.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html
 */
export const generateCredentialReport: IamAction<'GenerateCredentialReport'> = {
  resource() {
    return '*';
  },

  perform({ caller: { accountId }, directory, now }) {
    const { credentialReports, accountSettings, lastUses } = directory;
    const { state } = findReportState(credentialReports.find(accountId), now);
    if (state === 'complete') return { State: 'COMPLETE' };
    if (state === 'in progress') return { State: 'INPROGRESS' };
    // What waits in memory belongs into the report.
    lastUses.flush();
    const maxPasswordAge = accountSettings.findPasswordPolicy(accountId)?.MaxPasswordAge;
    const { CreateDate: born = now } = directory.accounts.find(accountId) ?? {};
    const subjects = credentialReports.subjects(accountId, born);
    credentialReports.make(accountId, now, composeReport({ accountId, maxPasswordAge }, subjects));
    return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
  },
};
