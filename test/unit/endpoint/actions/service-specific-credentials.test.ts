import { describe, expect, it } from 'vitest';
import { createServiceSpecificCredential } from '../../../../src/endpoint/actions/create-service-specific-credential.ts';
import { deleteServiceSpecificCredential } from '../../../../src/endpoint/actions/delete-service-specific-credential.ts';
import { listServiceSpecificCredentials } from '../../../../src/endpoint/actions/list-service-specific-credentials.ts';
import { resetServiceSpecificCredential } from '../../../../src/endpoint/actions/reset-service-specific-credential.ts';
import { updateServiceSpecificCredential } from '../../../../src/endpoint/actions/update-service-specific-credential.ts';
import { accountId, now, openAccount, refusal, root, unknownUser } from './rehearsal.ts';

const git = 'codecommit.amazonaws.com';

function openWithUser() {
  const account = openAccount();
  const bob = account.addUser('Bob');
  const create = (ServiceName: string, CredentialAgeDays?: number) => {
    const input = { UserName: 'bob', ServiceName, CredentialAgeDays };
    const { ServiceSpecificCredential } = account.perform(createServiceSpecificCredential, input);
    if (ServiceSpecificCredential === undefined) throw new Error('no credential');
    return ServiceSpecificCredential;
  };
  return { ...account, bob, create };
}

describe('CreateServiceSpecificCredential', () => {
  it.each([git, 'cassandra.amazonaws.com'])('gives a user name and a password for %s', (ServiceName) => {
    const { ServicePassword, ServiceSpecificCredentialId, ...rest } = openWithUser().create(ServiceName);
    expect(ServiceSpecificCredentialId).toMatch(/^ACCA[A-Z2-7]{17}$/);
    expect(ServicePassword?.reveal()).toMatch(/^[A-Za-z0-9+/]{60}$/);
    expect(rest).toEqual({
      CreateDate: now,
      ServiceName,
      ServiceUserName: `Bob-at-${accountId}`,
      UserName: 'Bob',
      Status: 'Active',
    });
  });

  it.each([
    ['bedrock', 'ABSK'],
    ['logs', 'ACWL'],
    ['cloudwatch', 'APIAACWM'],
    ['aws-external-anthropic', 'AEAA'],
  ])('gives an alias and an API key for %s', (service, prefix) => {
    const { create } = openWithUser();
    const ServiceName = `${service}.amazonaws.com`;
    const { ServiceCredentialSecret, ServiceSpecificCredentialId, ...rest } = create(ServiceName, 1);
    const secret = ServiceCredentialSecret?.reveal() ?? '';
    expect(secret.startsWith(prefix)).toBe(true);
    const [alias, password] = Buffer.from(secret.slice(prefix.length), 'base64').toString().split(':');
    expect([alias, password?.length]).toEqual([`Bob-at-${accountId}`, 60]);
    expect(rest).toEqual({
      CreateDate: now,
      ExpirationDate: new Date(now.getTime() + 86_400_000),
      ServiceName,
      ServiceCredentialAlias: `Bob-at-${accountId}`,
      UserName: 'Bob',
      Status: 'Active',
    });
    expect(ServiceSpecificCredentialId).toHaveLength(21);
    expect(create(ServiceName).ServiceCredentialAlias).toBe(`Bob+1-at-${accountId}`);
  });

  it('gives two for a service, and takes its name in any case', () => {
    const { create } = openWithUser();
    expect(create('CodeCommit.amazonaws.com').ServiceName).toBe(git);
    create(git);
    const quota = 'Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2';
    expect(() => create(git)).toThrow(refusal('LimitExceeded', 409, quota));
    expect(create('logs.amazonaws.com').ServiceCredentialAlias).toBe(`Bob-at-${accountId}`);
  });

  it('refuses users and services that are not there', () => {
    const { attempt, create } = openWithUser();
    const input = { UserName: 'eve', ServiceName: 'nonexistentservice.amazonaws.com' };
    expect(attempt(createServiceSpecificCredential, input)).toThrow(unknownUser('eve'));
    const words = 'No such service Sqs.amazonaws.com is supported for Service Specific Credentials';
    expect(() => create('Sqs.amazonaws.com')).toThrow(refusal('NoSuchEntity', 404, words));
    const form = refusal('ValidationError', 400, 'ServiceName must match [a-zA-Z0-9.-]*');
    expect(() => create('a b')).toThrow(form);
  });
});

describe('ListServiceSpecificCredentials', () => {
  it('lists those of a user, of one service or of all, without secrets', () => {
    const { perform, create, directory, bob } = openWithUser();
    const { ServicePassword, ...shown } = create(git);
    expect(ServicePassword).toBeDefined();
    create('bedrock.amazonaws.com');
    const list = (ServiceName?: string) =>
      perform(listServiceSpecificCredentials, { UserName: 'bob', ServiceName }).ServiceSpecificCredentials;
    expect(list(git)).toEqual([shown]);
    expect(list()).toHaveLength(2);
    expect(list('')).toHaveLength(2);
    expect(list('cassandra.amazonaws.com')).toEqual([]);
    expect(perform(listServiceSpecificCredentials, {}).ServiceSpecificCredentials).toEqual([]);
    expect(perform(listServiceSpecificCredentials, {}, root).ServiceSpecificCredentials).toEqual([]);
    directory.users.update(bob.UserId, { UserName: 'Robert' });
    expect(perform(listServiceSpecificCredentials, { UserName: 'robert', ServiceName: git })).toMatchObject({
      ServiceSpecificCredentials: [{ UserName: 'Robert', ServiceUserName: `Bob-at-${accountId}` }],
      IsTruncated: false,
    });
  });

  it('lists those of all users a page at a time', () => {
    const { perform, attempt, addUser } = openAccount();
    for (let number = 0; number < 7; number++) {
      addUser(`user-${number}`);
      perform(createServiceSpecificCredential, { UserName: `user-${number}`, ServiceName: git });
    }
    const names = new Set<string>();
    let Marker: string | undefined;
    do {
      const page = perform(listServiceSpecificCredentials, { AllUsers: true, MaxItems: 3, Marker });
      for (const { UserName } of page.ServiceSpecificCredentials ?? []) names.add(UserName);
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(names.size).toBe(7);
    const both = { AllUsers: true, UserName: 'user-1' };
    expect(attempt(listServiceSpecificCredentials, both)).toThrow(/cannot be specified together/);
  });

  it('needs permission for every user when it lists those of all', () => {
    const { resource } = openAccount();
    expect(resource(listServiceSpecificCredentials, { AllUsers: true })).toBe(`arn:aws:iam::${accountId}:user/*`);
  });

  it('shows those whose time has come as Expired', () => {
    const { performAt, create } = openWithUser();
    const { ExpirationDate = now } = create('bedrock.amazonaws.com', 1);
    const listAt = (time: Date) =>
      performAt(time, listServiceSpecificCredentials, { UserName: 'bob' }).ServiceSpecificCredentials?.[0]?.Status;
    expect(listAt(new Date(ExpirationDate.getTime() - 1))).toBe('Active');
    expect(listAt(ExpirationDate)).toBe('Expired');
  });
});

describe('a service-specific credential', () => {
  it('is deactivated, reset and deleted', () => {
    const { perform, attempt, create } = openWithUser();
    const { ServicePassword, ServiceSpecificCredentialId, ...rest } = create(git);
    const named = { UserName: 'bob', ServiceSpecificCredentialId };
    perform(updateServiceSpecificCredential, { ...named, Status: 'Inactive' });
    const { ServiceSpecificCredential: reset } = perform(resetServiceSpecificCredential, named);
    expect(reset).toMatchObject({ ...rest, ServiceSpecificCredentialId, Status: 'Inactive' });
    expect(reset?.ServicePassword?.reveal()).not.toBe(ServicePassword?.reveal());
    const expired = refusal('InvalidInput', 400, 'Operation does not support status Expired');
    expect(attempt(updateServiceSpecificCredential, { ...named, Status: 'Expired' })).toThrow(expired);
    perform(deleteServiceSpecificCredential, named);
    const gone = refusal('NoSuchEntity', 404, `No such credential ${ServiceSpecificCredentialId} exists`);
    expect(attempt(deleteServiceSpecificCredential, named)).toThrow(gone);
  });

  it("is not another user's", () => {
    const { attempt, create } = openWithUser();
    const { ServiceSpecificCredentialId } = create(git);
    const words = `User admin does not have a service specific credential with id ${ServiceSpecificCredentialId}`;
    const refused = refusal('ValidationError', 400, words);
    expect(attempt(deleteServiceSpecificCredential, { ServiceSpecificCredentialId })).toThrow(refused);
    expect(attempt(resetServiceSpecificCredential, { ServiceSpecificCredentialId })).toThrow(refused);
    const update = { UserName: 'admin', ServiceSpecificCredentialId, Status: 'Inactive' } as const;
    expect(attempt(updateServiceSpecificCredential, update)).toThrow(refused);
  });
});
