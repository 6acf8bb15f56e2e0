import type { AnsweredRequest } from './answered-requests.ts';

/** What the endpoint tells its log. Nothing secret is in it. */
export type EndpointEvent =
  | { readonly kind: 'answered'; readonly request: AnsweredRequest }
  /** AWS may have this action; the endpoint does not, and answered InvalidAction. */
  | {
      readonly kind: 'unknown-action';
      readonly requestId: string;
      readonly service: string;
      readonly action: string;
      readonly version: string;
    }
  /** Something went wrong in the endpoint; the caller was told no more than that. No request id: it was no request to IAM or STS. */
  | { readonly kind: 'failed'; readonly requestId: string | undefined; readonly cause: unknown }
  /** Last uses could not be written, which is tried again, or a credential report, which is not there then. */
  | { readonly kind: 'not-written'; readonly cause: unknown };

export type Log = (event: EndpointEvent) => void;
