import type { DatabaseSync } from 'node:sqlite';
import { Secret } from '../../secret.ts';
import { MfaTries } from '../mfa/tries.ts';
import { AccessKeys } from './access-keys.ts';
import { Accounts } from './accounts.ts';
import { AccountSettings } from './account-settings.ts';
import { AttachedPolicies } from './attached-policies.ts';
import { CredentialReports, type Schedule } from './credential-reports.ts';
import { FleetWriter } from './fleet-writer.ts';
import { Groups } from './groups.ts';
import { drawAccessKeyId, drawSecretAccessKey, drawUniqueId, type RandomBytes } from './identifiers.ts';
import { InlinePolicies } from './inline-policies.ts';
import { Lag } from './lag.ts';
import { InstanceProfiles } from './instance-profiles.ts';
import { LastUses } from './last-uses.ts';
import { LoginProfiles } from './login-profiles.ts';
import { MfaDevices } from './mfa-devices.ts';
import { openDatabase } from './open.ts';
import { Organizations } from './organizations.ts';
import { Origins, type Origin } from './origin.ts';
import { Policies } from './policies.ts';
import { Revision } from './revision.ts';
import { Roles } from './roles.ts';
import { ServiceCredentials } from './service-credentials.ts';
import { Sessions } from './sessions.ts';
import { SigningCertificates } from './signing-certificates.ts';
import { SshPublicKeys } from './ssh-public-keys.ts';
import { Tags } from './tags.ts';
import { transact } from './transact.ts';
import { Users } from './users.ts';
import { WriteGroup } from './write-group.ts';

export interface DirectoryOptions {
  /** Where the data is kept; absent: in memory. */
  readonly folder?: string | undefined;
  /** Milliseconds in which only the first use of a key is recorded; 0 records every use. */
  readonly lastUsedGranularity: number;
  readonly random: RandomBytes;
  /** How long work gives others their turn; setImmediate when absent. */
  readonly schedule?: Schedule;
  /** Told of each access key whose status changed or that was deleted. */
  readonly onAccessKeyChange?: (AccessKeyId: string) => void;
}

/** How a directory begins: the account, and its administrator's key where it is given rather than drawn. */
export interface Beginning {
  readonly accountId: string;
  readonly pair?: { readonly AccessKeyId: string; readonly SecretAccessKey: Secret } | undefined;
  readonly now: Date;
}

/** What the administrator has from the first start on. */
export const administratorAccess = 'arn:aws:iam::aws:policy/AdministratorAccess';

/** Every table, those that refer to others before these. */
const emptiedTables = [
  ...['control_policies', 'member_accounts', 'organizational_units', 'organizations'],
  ...['ssh_public_keys', 'signing_certificates', 'instance_profiles'],
  ...['mfa_devices', 'service_credentials', 'credential_reports', 'account_aliases', 'password_policies'],
  ...['sessions', 'tags', 'attached_policies', 'inline_policies', 'policy_versions', 'policies', 'roles'],
  ...['group_members', 'groups', 'access_keys', 'users', 'accounts', 'bootstrap'],
];

/**
 * The data behind the endpoint: accounts, users, groups, roles, policies, tags, access keys, last uses, sessions. Every call is synchronous and
 * atomic; it knows nothing of requests, permissions or AWS's refusals.
 */
export class Directory {
  /** Moves on whenever who may do what may have changed. */
  readonly permissions = new Revision();
  /** Which changes of users and access keys are not yet known everywhere; none unless a rehearsal wants it so. */
  readonly lag = new Lag();
  readonly accounts: Accounts;
  readonly users: Users;
  readonly groups: Groups;
  readonly roles: Roles;
  readonly instanceProfiles: InstanceProfiles;
  readonly policies: Policies;
  readonly inlinePolicies: InlinePolicies;
  readonly attachedPolicies: AttachedPolicies;
  readonly tags: Tags;
  readonly accessKeys: AccessKeys;
  readonly lastUses: LastUses;
  readonly sessions: Sessions;
  readonly organizations: Organizations;
  readonly fleet: FleetWriter;
  readonly loginProfiles: LoginProfiles;
  readonly serviceCredentials: ServiceCredentials;
  readonly sshPublicKeys: SshPublicKeys;
  readonly signingCertificates: SigningCertificates;
  readonly mfaDevices: MfaDevices;
  readonly mfaTries = new MfaTries();
  readonly accountSettings: AccountSettings;
  readonly credentialReports: CredentialReports;
  readonly writeGroup: WriteGroup;
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;
  readonly #origins: Origins;

  /** @param database open and at the newest schema */
  constructor(database: DatabaseSync, options: Omit<DirectoryOptions, 'folder'>) {
    this.accounts = new Accounts(database);
    this.users = new Users(database, options.random, this.permissions, this.lag);
    this.groups = new Groups(database, options.random, this.permissions);
    this.roles = new Roles(database, options.random, this.permissions);
    this.instanceProfiles = new InstanceProfiles(database, options.random);
    this.policies = new Policies(database, options.random, this.permissions);
    this.inlinePolicies = new InlinePolicies(database, this.permissions);
    this.attachedPolicies = new AttachedPolicies(database, this.permissions);
    this.tags = new Tags(database);
    this.lastUses = new LastUses(database, options.lastUsedGranularity);
    this.accessKeys = new AccessKeys(database, options.random, this.lastUses, options.onAccessKeyChange, this.lag);
    this.sessions = new Sessions(database, options.random);
    this.organizations = new Organizations(database);
    this.fleet = new FleetWriter(database, options.random);
    this.loginProfiles = new LoginProfiles(database, options.random);
    this.serviceCredentials = new ServiceCredentials(database, options.random);
    this.sshPublicKeys = new SshPublicKeys(database, options.random);
    this.signingCertificates = new SigningCertificates(database);
    this.mfaDevices = new MfaDevices(database, options.random);
    this.accountSettings = new AccountSettings(database, this.permissions);
    this.credentialReports = new CredentialReports(database, options.schedule ?? setImmediate);
    this.writeGroup = new WriteGroup(database);
    this.#database = database;
    this.#random = options.random;
    this.#origins = new Origins(database);
  }

  /** Runs several writes as one: all of them are kept, or none when `work` throws. A single write needs no transact. */
  transact<T>(work: () => T): T {
    return transact(this.#database, work);
  }

  /** What the first start made; undefined before {@link begin}. */
  origin(): Origin | undefined {
    return this.#origins.find();
  }

  /** The first start: makes the account and its administrator `admin` with one key. */
  begin({ accountId, pair, now }: Beginning): Origin {
    const origin = {
      accountId,
      UserId: drawUniqueId('AIDA', accountId, this.#random),
      AccessKeyId: pair?.AccessKeyId ?? drawAccessKeyId('AKIA', accountId, this.#random),
      SecretAccessKey: pair?.SecretAccessKey ?? new Secret(drawSecretAccessKey(this.#random)),
      CreateDate: now,
    };
    this.transact(() => {
      this.#make(origin);
    });
    return origin;
  }

  /** Back to what the first start made: the same account, administrator and key, and nothing else. */
  reset(): void {
    const origin = this.origin();
    if (origin === undefined) return;
    for (const table of [this.users, this.accessKeys, this.lastUses, this.roles, this.credentialReports, this.mfaTries])
      table.forget();
    this.transact(() => {
      for (const table of emptiedTables) this.#database.exec(`DELETE FROM ${table}`);
      this.#make(origin);
    });
  }

  /** Forgets what was read and worked out, because rows were written by other means, or writes were undone. */
  forget(): void {
    this.users.forget();
    this.accessKeys.forget();
    this.permissions.advance();
  }

  /** Writes the uses of keys and roles that wait in memory. */
  flush(): void {
    this.lastUses.flush();
    this.roles.flush();
  }

  /** Writes what still waits in memory and lets go of the data folder. */
  close(): void {
    this.credentialReports.forget();
    try {
      this.flush();
    } finally {
      this.#database.close();
    }
  }

  #make(origin: Origin): void {
    const { accountId, UserId, AccessKeyId, SecretAccessKey, CreateDate } = origin;
    this.accounts.create({ accountId, CreateDate });
    this.users.create({ accountId, UserId, UserName: 'admin', Path: '/', CreateDate });
    this.attachedPolicies.attach(accountId, UserId, administratorAccess);
    this.accessKeys.create({
      accountId,
      ownerId: UserId,
      CreateDate,
      quota: 1,
      pair: { AccessKeyId, SecretAccessKey },
    });
    this.#origins.write(origin);
  }
}

/**
 * Opens the directory of a data folder, or one in memory.
 *
 * @throws KeyturnError ERR_FILE when the folder cannot be written, is in use, or holds something else or something newer
 */
export function openDirectory({ folder, ...options }: DirectoryOptions): Directory {
  return new Directory(openDatabase(folder), options);
}
