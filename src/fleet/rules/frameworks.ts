/**
 * Where rules stand in what auditors ask for.
 *
 * Sources: CIS AWS Foundations Benchmark 1.2.0 to 7.0.0;
 * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html (severities and related requirements)
 */

export const cisVersions = ['1.2', '1.4', '2.0', '3.0', '4.0', '5.0', '6.0', '7.0'] as const;
export type CisVersion = (typeof cisVersions)[number];

export interface Frameworks {
  /** CIS AWS Foundations: the recommendation in each version that has it. */
  readonly cis: Readonly<Partial<Record<CisVersion, string>>>;
  readonly securityHub: readonly string[];
  readonly pciDss: readonly string[];
  /** NIST SP 800-53, revision 5. */
  readonly nist: readonly string[];
}

const none: Frameworks = { cis: {}, securityHub: [], pciDss: [], nist: [] };

/** CIS 1.4 to 4.0 number the same recommendations alike. */
function spread(number: string): Frameworks['cis'] {
  return { '1.4': number, '2.0': number, '3.0': number, '4.0': number };
}

const unused: Frameworks = {
  cis: { '1.2': '1.3', ...spread('1.12'), '5.0': '1.11', '6.0': '2.11', '7.0': '2.11' },
  securityHub: ['IAM.22', 'IAM.8'],
  pciDss: ['3.2.1/8.1.4', '4.0.1/8.2.6'],
  nist: ['AC-2', 'AC-2(1)', 'AC-2(3)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'],
};

export const frameworks = {
  none,
  unused,
  age: {
    cis: { '1.2': '1.4', ...spread('1.14'), '5.0': '1.13', '6.0': '2.13', '7.0': '2.12' },
    securityHub: ['IAM.3'],
    pciDss: ['4.0.1/8.3.9', '4.0.1/8.6.3'],
    nist: ['AC-2(1)', 'AC-2(3)', 'AC-3(15)'],
  },
  root: {
    cis: { '1.2': '1.12', ...spread('1.4'), '5.0': '1.3', '6.0': '2.3', '7.0': '2.4' },
    securityHub: ['IAM.4'],
    pciDss: ['3.2.1/2.1', '3.2.1/2.2', '3.2.1/7.2.1'],
    nist: ['AC-2(1)', 'AC-3(7)', 'AC-3(15)', 'AC-6', 'AC-6(2)', 'AC-6(10)'],
  },
  oneKey: { ...none, cis: { ...spread('1.13'), '5.0': '1.12', '6.0': '2.12' } },
  setUp: { ...none, cis: { '1.2': '1.21', ...spread('1.11'), '5.0': '1.10', '6.0': '2.10' } },
  federation: { ...none, cis: { ...spread('1.21'), '5.0': '1.20', '6.0': '2.20', '7.0': '2.19' } },
  tags: { ...none, securityHub: ['IAM.25'] },
} as const satisfies Record<string, Frameworks>;

/** The places of a rule in words, one for each framework that has it: `CIS AWS Foundations 7.0 2.12`. */
export function listPlaces({ cis, securityHub, pciDss, nist }: Frameworks): { standard: string; place: string }[] {
  return [
    ...cisVersions.flatMap((version) => {
      const place = cis[version];
      return place === undefined ? [] : [{ standard: `CIS AWS Foundations ${version}`, place }];
    }),
    ...securityHub.map((place) => ({ standard: 'AWS Security Hub', place })),
    ...pciDss.map((text) => {
      const [version = '', place = ''] = text.split('/');
      return { standard: `PCI DSS ${version}`, place };
    }),
    ...nist.map((place) => ({ standard: 'NIST SP 800-53 Rev. 5', place })),
  ];
}
