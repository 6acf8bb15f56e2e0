/**
 * Compliance Findings (class 2003) of the Open Cybersecurity Schema Framework: a JSON list, an event a line.
 *
 * Source: https://schema.ocsf.io/1.9.0/classes/compliance_finding
 */
import { fingerprint } from '../../fleet/report/index.ts';
import { findRule, listPlaces, type Finding, type Severity } from '../../fleet/rules/index.ts';
import { cleanText } from '../output/display-width.ts';
import type { JsonObject } from '../output/json.ts';
import { version } from '../version.ts';
import type { Report } from './report.ts';

const schemaVersion = '1.9.0';
const severities: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

export function* writeOcsf(report: Report): Generator<string> {
  const partitions = new Map(report.tally.accounts.map(({ account }) => [account.Account, account.partition]));
  yield '[';
  let separator = '\n';
  for (const finding of report.findings()) {
    const partition = partitions.get(finding.Account) ?? 'aws';
    yield `${separator}${JSON.stringify(composeEvent(finding, partition, report.now))}`;
    separator = ',\n';
  }
  yield `${separator === '\n' ? '' : '\n'}]\n`;
}

function composeEvent(finding: Finding, partition: string, now: Date): JsonObject {
  const { rule, severity, Account, AccountName, message, remedy, replacement } = finding;
  const [severityId, caption] = severities[severity];
  const isUnknown = rule === 'unknown-evidence';
  const time = now.getTime();
  const uid = fingerprint(finding);
  const title = findRule(rule)?.title ?? rule;
  const text = cleanText(message);
  return {
    activity_id: 1,
    activity_name: 'Create',
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200301,
    type_name: 'Compliance Finding: Create',
    time,
    severity_id: severityId,
    severity: caption,
    status_id: 1,
    status: 'New',
    message: `${title}: ${text}`,
    metadata: {
      version: schemaVersion,
      profiles: ['cloud'],
      uid,
      product: { name: 'Keyturn', vendor_name: 'Keyturn', version },
    },
    cloud: {
      provider: 'AWS',
      cloud_partition: partition,
      account: {
        uid: Account,
        type: 'AWS Account',
        type_id: 10,
        ...(AccountName !== undefined && { name: AccountName }),
      },
    },
    finding_info: {
      uid,
      title,
      desc: text,
      types: ['Software and Configuration Checks'],
      created_time: time,
      analytic: { uid: rule, name: rule, type_id: 1, type: 'Rule', version },
    },
    compliance: {
      ...composeCompliance(rule),
      status_id: isUnknown ? 2 : 3,
      status: isUnknown ? 'Warning' : 'Fail',
      status_detail: text,
    },
    remediation: { desc: replacement === undefined ? remedy : `${remedy}. Instead: ${replacement.text}` },
    resources: composeResources(finding, partition),
  };
}

function composeCompliance(rule: string): JsonObject {
  const places = listPlaces(findRule(rule)?.frameworks ?? { cis: {}, securityHub: [], pciDss: [], nist: [] });
  const standards = [...new Set(places.map(({ standard }) => standard))];
  return {
    control: rule,
    standards: standards.length === 0 ? ['Keyturn'] : standards,
    requirements: places.map(({ standard, place }) => `${standard} ${place}`),
  };
}

function composeResources(finding: Finding, partition: string): JsonObject[] {
  const { Arn, UserName, AccessKeyId, ServiceSpecificCredentialId } = finding;
  const common = { cloud_partition: partition };
  const user = { ...common, uid: Arn, name: cleanText(UserName), type: 'AWS::IAM::User' };
  if (AccessKeyId !== undefined) return [{ ...common, uid: AccessKeyId, type: 'AWS::IAM::AccessKey' }, user];
  if (ServiceSpecificCredentialId === undefined) return [user];
  return [{ ...common, uid: ServiceSpecificCredentialId, type: 'AWS::IAM::ServiceSpecificCredential' }, user];
}
