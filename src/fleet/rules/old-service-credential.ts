import { day, formatDays, formatInstant, formatLimit, isUnknown, notKnown } from './facts-of.ts';
import { frameworks } from './frameworks.ts';
import { defineRule } from './rule.ts';

export const oldServiceCredential = defineRule({
  id: 'old-service-credential',
  title: 'a service-specific credential is old',
  severity: 'medium',
  rationale:
    'Passwords for CodeCommit and Amazon Keyspaces and API keys for Amazon Bedrock live as long as access keys do, and the credential report does not show them.',
  remedy: 'use what signs with temporary credentials in its place, or reset it; delete it where nothing uses it',
  frameworks: frameworks.none,
  parameters: {
    after: { kind: 'duration', default: 90 * day, meaning: 'Active and older than this' },
  },
  judge: ({ user, now }, { after }) => {
    const { ServiceSpecificCredentials } = user;
    if (user.isRoot) return [];
    if (isUnknown(ServiceSpecificCredentials)) {
      return [notKnown('the service-specific credentials', ServiceSpecificCredentials.Reason)];
    }
    return ServiceSpecificCredentials.flatMap((credential) => {
      const { ServiceName, Status, CreateDate, ExpirationDate } = credential;
      const age = now.getTime() - CreateDate.getTime();
      const hasEnded = ExpirationDate !== undefined && ExpirationDate.getTime() <= now.getTime();
      if (Status !== 'Active' || hasEnded || age <= after) return [];
      const end =
        ExpirationDate === undefined ? ', never ends' : `, ends on ${formatInstant(ExpirationDate).slice(0, 10)}`;
      const from = { source: 'list-service-specific-credentials', at: user.at } as const;
      return [
        {
          kind: 'found',
          credential,
          message: `credential for ${ServiceName} ${formatDays(age)} old, limit ${formatLimit(after)}${end}`,
          since: CreateDate,
          evidence: [{ fact: 'CreateDate', value: formatInstant(CreateDate), ...from }],
        },
      ];
    });
  },
});
