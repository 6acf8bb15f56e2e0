/**
 * What a password must be: as the account's password policy says, or where it has none as AWS says for all.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */

import type { Secret } from '../../secret.ts';
import type { PasswordPolicy } from '../directory/account-settings.ts';
import type { LoginProfiles } from '../directory/login-profiles.ts';
import { refuse } from './refusals.ts';

interface CharacterClass {
  readonly pattern: RegExp;
  readonly must: string;
  readonly setting: 'RequireUppercaseCharacters' | 'RequireLowercaseCharacters' | 'RequireNumbers' | 'RequireSymbols';
}

const classes: readonly CharacterClass[] = [
  {
    pattern: /[A-Z]/,
    must: 'Password should have at least one uppercase letter',
    setting: 'RequireUppercaseCharacters',
  },
  {
    pattern: /[a-z]/,
    must: 'Password should have at least one lowercase letter',
    setting: 'RequireLowercaseCharacters',
  },
  { pattern: /\d/, must: 'Password should have at least one number', setting: 'RequireNumbers' },
  { pattern: /[!@#$%^&*()_+\-=[\]{}|']/, must: 'Password should have at least one symbol', setting: 'RequireSymbols' },
];

const defaultLength = 8;
/** Of the four classes. */
const defaultVariety = 3;

/** @throws AwsFault PasswordPolicyViolation, with every rule that is broken */
export function requireStrength(Password: Secret, policy: PasswordPolicy | undefined): void {
  const text = Password.reveal();
  const length = policy?.MinimumPasswordLength ?? defaultLength;
  const missing = classes.filter(({ pattern }) => !pattern.test(text));
  const broken = [
    ...(text.length < length ? [`Password should have a minimum length of ${length}`] : []),
    ...(policy === undefined
      ? describeVariety(missing)
      : missing.filter(({ setting }) => policy[setting]).map(({ must }) => must)),
  ];
  if (broken.length > 0) throw refuse('PasswordPolicyViolation', broken.join(', '));
}

function describeVariety(missing: readonly CharacterClass[]): string[] {
  const wanted = missing.length - (classes.length - defaultVariety);
  if (wanted <= 0) return [];
  const list = missing.map(({ must }) => must).join(', ');
  return [`Password should meet ${wanted} more of the following requirements: ${list}`];
}

/** @throws AwsFault PasswordPolicyViolation for a password that the user had not long ago, where the policy looks at it */
export function requireFresh(
  Password: Secret,
  UserId: string,
  { loginProfiles, policy }: { loginProfiles: LoginProfiles; policy: PasswordPolicy | undefined },
): void {
  const count = policy?.PasswordReusePrevention;
  if (count !== undefined && loginProfiles.isAmongLatest(UserId, Password, count)) {
    throw refuse('PasswordPolicyViolation', 'Password does not conform to the account password policy.');
  }
}
