import { describeProfile } from './named-instance-profile.ts';
import { quotas } from './quotas.ts';
import { refuse } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { requireCasedTags } from './tags.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export const createInstanceProfile: IamAction<'CreateInstanceProfile'> = {
  resource({ input, caller }) {
    const { InstanceProfileName: name, Path = '/' } = input;
    return {
      arn: `arn:aws:iam::${caller.accountId}:instance-profile${Path}${name}`,
      words: `instance profile ${name}`,
    };
  },

  perform({ input, caller, directory, now }) {
    const { InstanceProfileName, Path = '/', Tags = [] } = input;
    const { accountId } = caller;
    const { instanceProfiles } = directory;
    requireCasedTags(Tags);
    if (instanceProfiles.find(accountId, InstanceProfileName) !== undefined) {
      throw refuse('EntityAlreadyExists', `Instance Profile ${InstanceProfileName} already exists.`);
    }
    const quota = quotas.InstanceProfilesQuota;
    if (instanceProfiles.count(accountId) >= quota) {
      throw refuse('LimitExceeded', `Cannot exceed quota for InstanceProfilesPerAccount: ${quota}`);
    }
    const profile = directory.transact(() => {
      const created = instanceProfiles.create({ accountId, InstanceProfileName, Path, CreateDate: now });
      directory.tags.put(accountId, created.InstanceProfileId, Tags);
      return created;
    });
    return { InstanceProfile: { ...describeProfile(directory, profile), Tags: Tags.length > 0 ? Tags : undefined } };
  },
};
