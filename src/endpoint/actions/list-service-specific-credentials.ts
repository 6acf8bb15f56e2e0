import type { Call } from '../action.ts';
import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import { takeSlice } from './page.ts';
import { refuseInvalid } from './refusals.ts';
import type { IamAction } from './service-action.ts';
import { describeCredential, readServiceName } from './service-credential.ts';

/**
 * The credentials of a user, or with AllUsers of the whole account.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html
 */
export const listServiceSpecificCredentials: IamAction<'ListServiceSpecificCredentials'> = {
  resource(call) {
    return call.input.AllUsers ? `arn:aws:iam::${call.caller.accountId}:user/*` : nameKeyOwner(call);
  },

  perform(call) {
    const { input, caller, directory, now } = call;
    const { accountId } = caller;
    const UserId = findOwnerId(call);
    // An empty name is no selection.
    const ServiceName = input.ServiceName ? readServiceName(input.ServiceName) : undefined;
    const selection = ['ListServiceSpecificCredentials', accountId, UserId ?? '*', ServiceName ?? '*'];
    const { items, ...more } = takeSlice(selection, input, {
      read: (slice) => directory.serviceCredentials.list({ accountId, UserId, ServiceName }, slice),
      placeOf: ({ ServiceSpecificCredentialId }) => ServiceSpecificCredentialId,
    });
    const nameOf = (id: string) => directory.users.findById(id)?.UserName ?? id;
    return {
      ServiceSpecificCredentials: items.map((item) => describeCredential(item, nameOf(item.UserId), now)),
      ...more,
    };
  },
};

/** Undefined for all users. The root user has none of these, and gets an empty list. */
function findOwnerId(
  call: Call<{ readonly UserName?: string | undefined; readonly AllUsers?: boolean | undefined }>,
): string | undefined {
  const { UserName, AllUsers } = call.input;
  if (!AllUsers) return findKeyOwner(call).ownerId;
  if (UserName !== undefined) throw refuseInvalid('UserName and AllUsers cannot be specified together');
  return undefined;
}
