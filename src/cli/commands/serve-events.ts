import { inspect } from 'node:util';
import type { EndpointEvent } from '../../endpoint/event.ts';
import { formatTime } from '../output/time.ts';

/** A line about something that happened in the endpoint. Requests that went as they should are told with `--debug`. */
export function describeEvent(event: EndpointEvent, debug: boolean): string | undefined {
  switch (event.kind) {
    case 'answered': {
      const { time, id, action = '-', AccessKeyId = '-', status } = event.request;
      return debug ? `${formatTime(time)} ${status} ${action} ${AccessKeyId} ${id}` : undefined;
    }
    case 'unknown-action':
      return `${event.service} action ${event.action} (version ${event.version}) is not served: request ${event.requestId}`;
    case 'failed':
      return `request ${event.requestId ?? 'of the control API'} failed: ${describeCause(event.cause, debug)}`;
    case 'not-written':
      return `last uses could not be written, and are tried again: ${describeCause(event.cause, debug)}`;
  }
}

function describeCause(cause: unknown, debug: boolean): string {
  if (debug) return inspect(cause);
  return cause instanceof Error ? cause.message : String(cause);
}
