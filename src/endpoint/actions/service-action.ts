import type { InputOf, OutputOf } from '../../protocol/model.ts';
import type { Action } from '../action.ts';
import type { cloudtrail, iam, organizations, sts } from '../model/overlay.ts';

/** The action behind an operation of IAM, typed by IAM's table. */
export type IamAction<Name extends keyof typeof iam.operations> = Action<
  InputOf<typeof iam, Name>,
  OutputOf<typeof iam, Name>
>;

/** The action behind an operation of STS, typed by STS's table. */
export type StsAction<Name extends keyof typeof sts.operations> = Action<
  InputOf<typeof sts, Name>,
  OutputOf<typeof sts, Name>
>;

/** The action behind an operation of Organizations, typed by its table. */
export type OrganizationsAction<Name extends keyof typeof organizations.operations> = Action<
  InputOf<typeof organizations, Name>,
  OutputOf<typeof organizations, Name>
>;

/** The action behind an operation of CloudTrail, typed by its table. */
export type CloudTrailAction<Name extends keyof typeof cloudtrail.operations> = Action<
  InputOf<typeof cloudtrail, Name>,
  OutputOf<typeof cloudtrail, Name>
>;
