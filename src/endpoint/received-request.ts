import type { SignableRequest } from '../sigv4/request.ts';

/** A request as it came in over a connection. */
export interface ReceivedRequest extends SignableRequest {
  /** The address of whoever sent it, as CloudTrail and policies name it; empty where there is no connection. */
  readonly sourceAddress: string;
}
