import { nameKeyOwner } from './key-owner.ts';
import { refuseInvalid } from './refusals.ts';
import type { IamAction } from './service-action.ts';

/**
 * Shows security keys alone, on AWS too; there are none here, so every device is of the wrong kind.
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html
 */
export const getMfaDevice: IamAction<'GetMFADevice'> = {
  resource: nameKeyOwner,

  perform() {
    throw refuseInvalid(
      'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.',
    );
  },
};
