import { AwsFault } from '../../protocol/fault.ts';
import { iam } from '../model/overlay.ts';

/** A refusal that IAM's table declares, with the status it has there. */
export function refuse(code: keyof typeof iam.faults, message: string): AwsFault {
  return new AwsFault(code, message, iam.faults[code]);
}

/** A refusal of parameters that satisfy every constraint and still make no sense. */
export function refuseInvalid(message: string): AwsFault {
  return new AwsFault('ValidationError', message);
}

/** A parameter that the service model does not require and the action does, in the words of a broken constraint. */
export function refuseAbsent(member: string): AwsFault {
  const violation = `Value at '${member}' failed to satisfy constraint: Member must not be null`;
  return refuseInvalid(`1 validation error detected: ${violation}`);
}

/** The same words whatever was wanted of the user. */
export function refuseUnknownUser(UserName: string): AwsFault {
  return refuse('NoSuchEntity', `The user with name ${UserName} cannot be found.`);
}

/** A name that another user has, written in any case. */
export function refuseTakenName(UserName: string): AwsFault {
  return refuse('EntityAlreadyExists', `User with name ${UserName} already exists.`);
}

/** A caller who has to say whom it means, because it is no user itself. */
export function refuseUnnamed(): AwsFault {
  return refuseInvalid('Must specify userName when calling with non-User credentials');
}
