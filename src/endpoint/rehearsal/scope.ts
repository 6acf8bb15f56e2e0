import type { Scope } from './terms.ts';

/** A request as far as rehearsals look at it. */
export interface Subject {
  readonly service: string;
  readonly action: string;
  readonly accountId: string;
}

/** Whether a request is meant by a scope; made once for each scope. */
export function compileScope({ actions, accountId }: Scope): (subject: Subject) => boolean {
  const patterns = actions?.map(compileAction);
  return (subject) =>
    (accountId === undefined || accountId === subject.accountId) &&
    (patterns === undefined || patterns.some((pattern) => pattern.test(`${subject.service}:${subject.action}`)));
}

/** A name without a service is the action of any service. */
function compileAction(text: string): RegExp {
  const whole = text.includes(':') || text === '*' ? text : `*:${text}`;
  const escaped = whole.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
}
