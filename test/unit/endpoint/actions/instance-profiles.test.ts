import { describe, expect, it } from 'vitest';
import { addRoleToInstanceProfile } from '../../../../src/endpoint/actions/add-role-to-instance-profile.ts';
import { createInstanceProfile } from '../../../../src/endpoint/actions/create-instance-profile.ts';
import { createRole } from '../../../../src/endpoint/actions/create-role.ts';
import { deleteInstanceProfile } from '../../../../src/endpoint/actions/delete-instance-profile.ts';
import { deleteRole } from '../../../../src/endpoint/actions/delete-role.ts';
import { getAccountSummary } from '../../../../src/endpoint/actions/get-account-summary.ts';
import { getInstanceProfile } from '../../../../src/endpoint/actions/get-instance-profile.ts';
import { listInstanceProfileTags } from '../../../../src/endpoint/actions/list-instance-profile-tags.ts';
import { listInstanceProfilesForRole } from '../../../../src/endpoint/actions/list-instance-profiles-for-role.ts';
import { listInstanceProfiles } from '../../../../src/endpoint/actions/list-instance-profiles.ts';
import { removeRoleFromInstanceProfile } from '../../../../src/endpoint/actions/remove-role-from-instance-profile.ts';
import { tagInstanceProfile } from '../../../../src/endpoint/actions/tag-instance-profile.ts';
import { untagInstanceProfile } from '../../../../src/endpoint/actions/untag-instance-profile.ts';
import { trust } from './policy-holders.ts';
import { accountId, now, openAccount, refusal } from './rehearsal.ts';

const named = { InstanceProfileName: 'web' };
const RoleName = 'ops';

function openProfile() {
  const account = openAccount();
  const Tags = [{ Key: 'team', Value: 'a' }];
  const created = account.perform(createInstanceProfile, { InstanceProfileName: 'Web', Path: '/fleet/', Tags });
  account.perform(createRole, { RoleName, AssumeRolePolicyDocument: trust });
  return { ...account, created: created.InstanceProfile };
}

describe('instance profiles', () => {
  it('have names that are found in any case, and unique', () => {
    const { perform, attempt, created } = openProfile();
    expect(created).toMatchObject({
      InstanceProfileName: 'Web',
      Path: '/fleet/',
      Arn: `arn:aws:iam::${accountId}:instance-profile/fleet/Web`,
      CreateDate: now,
      Roles: [],
    });
    expect(created.InstanceProfileId).toMatch(/^AIPA[A-Z2-7]{17}$/);
    expect(perform(getInstanceProfile, named).InstanceProfile).toEqual(created);
    const taken = refusal('EntityAlreadyExists', 409, 'Instance Profile web already exists.');
    expect(attempt(createInstanceProfile, named)).toThrow(taken);
  });

  it('hold one role, which stays while they do', () => {
    const { perform, attempt } = openProfile();
    const add = attempt(addRoleToInstanceProfile, { ...named, RoleName });
    add();
    const quota = 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1';
    expect(add).toThrow(refusal('LimitExceeded', 409, quota));
    const conflict = 'Cannot delete entity, must remove roles from instance profile first.';
    const removals = [attempt(deleteRole, { RoleName }), attempt(deleteInstanceProfile, named)];
    for (const remove of removals) expect(remove).toThrow(refusal('DeleteConflict', 409, conflict));
    const { InstanceProfiles } = perform(listInstanceProfilesForRole, { RoleName });
    expect(InstanceProfiles).toEqual([expect.objectContaining({ Roles: [expect.objectContaining({ RoleName })] })]);
    perform(removeRoleFromInstanceProfile, { ...named, RoleName });
    for (const remove of removals) remove();
    expect(perform(listInstanceProfiles, {}).InstanceProfiles).toEqual([]);
  });

  it('have tags whose keys differ by case', () => {
    const { perform, attempt, directory, created } = openProfile();
    perform(tagInstanceProfile, { ...named, Tags: [{ Key: 'Team', Value: 'b' }] });
    perform(untagInstanceProfile, { ...named, TagKeys: ['team'] });
    expect(perform(listInstanceProfileTags, named).Tags).toEqual([{ Key: 'Team', Value: 'b' }]);
    expect(attempt(tagInstanceProfile, { ...named, Tags: [{ Key: 'aws:x', Value: '' }] })).toThrow(/reserved/);
    perform(deleteInstanceProfile, named);
    expect(directory.tags.list(created.InstanceProfileId)).toEqual([]);
  });

  it('are listed a page at a time, and counted', () => {
    const { perform } = openProfile();
    for (const InstanceProfileName of ['a', 'z']) perform(createInstanceProfile, { InstanceProfileName });
    const { InstanceProfiles, IsTruncated, Marker } = perform(listInstanceProfiles, { MaxItems: 2 });
    const rest = perform(listInstanceProfiles, { Marker }).InstanceProfiles;
    const names = [...InstanceProfiles, ...rest].map(({ InstanceProfileName }) => InstanceProfileName);
    expect([names, IsTruncated]).toEqual([['a', 'Web', 'z'], true]);
    expect(perform(getAccountSummary, {}).SummaryMap).toMatchObject({ InstanceProfiles: 3 });
  });

  it('are resources by their stored names', () => {
    const { resource } = openProfile();
    expect(resource(getInstanceProfile, named)).toBe('instance profile Web');
    expect(resource(getInstanceProfile, { InstanceProfileName: 'none' })).toBe('instance profile none');
  });
});
