import type { Call } from '../action.ts';
import type { MfaDevice } from '../directory/mfa-devices.ts';
import type { DeviceOwner } from './device-owner.ts';
import { composeSerialNumber } from './mfa-device.ts';
import { describeRoot, describeUser } from './named-user.ts';
import { takeSlice } from './page.ts';
import type { IamAction } from './service-action.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
export const listVirtualMfaDevices: IamAction<'ListVirtualMFADevices'> = {
  resource({ caller }) {
    return composeSerialNumber(caller.accountId, '/', '');
  },

  perform(call) {
    const { input, caller, directory } = call;
    const { accountId } = caller;
    const { AssignmentStatus = 'Any' } = input;
    // Every serial number begins with the account, for which a marker has no room.
    const prefix = composeSerialNumber(accountId, '', '');
    const { items, ...more } = takeSlice(['ListVirtualMFADevices', accountId, AssignmentStatus], input, {
      read: ({ after, limit }) =>
        directory.mfaDevices.list(accountId, AssignmentStatus, { after: after && prefix + after, limit }),
      placeOf: ({ SerialNumber }) => SerialNumber.slice(prefix.length),
    });
    return { VirtualMFADevices: items.map((device) => describeDevice(call, device)), ...more };
  },
};

/** A device without its seed, which was shown once. */
function describeDevice(call: Call<unknown>, { SerialNumber, assignment }: MfaDevice) {
  return { SerialNumber, User: assignment && describeOwner(call, assignment), EnableDate: assignment?.EnableDate };
}

function describeOwner(call: Call<unknown>, { UserId }: DeviceOwner) {
  const user = call.directory.users.findById(UserId);
  return user === undefined ? describeRoot(call) : describeUser(user);
}
