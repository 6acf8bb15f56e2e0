import { findKeyOwner, nameKeyOwner } from './key-owner.ts';
import { takePage } from './page.ts';
import type { IamAction } from './service-action.ts';

/**
 * The devices of a user, or of the root user that calls.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
 */
export const listMfaDevices: IamAction<'ListMFADevices'> = {
  resource: nameKeyOwner,

  perform(call) {
    const { ownerId, UserName } = findKeyOwner(call);
    const devices = call.directory.mfaDevices.listOfUser(ownerId);
    const selection = ['ListMFADevices', ownerId];
    const { items, ...more } = takePage(devices, ({ SerialNumber }) => SerialNumber, selection, call.input);
    return {
      MFADevices: items.flatMap(({ SerialNumber, assignment }) =>
        assignment === undefined ? [] : [{ UserName, SerialNumber, EnableDate: assignment.EnableDate }],
      ),
      ...more,
    };
  },
};
