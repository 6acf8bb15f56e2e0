import type { IAMClient } from '@aws-sdk/client-iam';

/** A command of either client, as far as how it is sent is concerned. What is added here leaves the client as it is. */
export interface Command {
  readonly middlewareStack: { use(plugin: never): void };
}

/** Commands differ in the types of their input and output, which nothing of ours looks at. */
export function readStack(command: Command): IAMClient['middlewareStack'] {
  return command.middlewareStack as IAMClient['middlewareStack'];
}

/** Takes the place of the SDK's retries: one attempt, whatever comes. */
export function sendOnce(command: Command): void {
  readStack(command).add((next) => (args) => next(args), {
    step: 'finalizeRequest',
    priority: 'high',
    name: 'retryMiddleware',
    override: true,
  });
}

/** Tells of each attempt that failed, also of one that the SDK makes good by another. */
export function watchAttempts(command: Command, report: (error: unknown) => void): void {
  readStack(command).add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        report(error);
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'keyturnWatchAttempts', override: true },
  );
}

/**
 * Adds to the user agent that the SDK sends, for this command alone: CloudTrail keeps it with the event.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function addUserAgent(command: Command, userAgent: string): void {
  readStack(command).add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['user-agent'] = [headers['user-agent'], userAgent].filter(Boolean).join(' ');
      return next(args);
    },
    // Once a command, above its retries and below where the SDK writes its own. SigV4 does not sign this header.
    { step: 'finalizeRequest', priority: 'high', name: 'keyturnAddUserAgent', override: true },
  );
}
