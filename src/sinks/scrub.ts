import type { Secret } from '../secret.ts';

/** What looks like a secret access key or a password derived from one. */
const secretForms = /(?<![A-Za-z0-9/+=])(?:[A-Za-z0-9/+]{40}|[A-Za-z0-9/+]{43}=|[A-Za-z0-9/+]{44})(?![A-Za-z0-9/+=])/g;

/** A text of somebody else's, without secrets: those that are known, in the forms programs show them in, and look-alikes. */
export function scrubText(text: string, secrets: readonly (Secret | undefined)[] = []): string {
  const forms = secrets.flatMap((secret) => {
    const value = secret?.reveal() ?? '';
    const encoded = Buffer.from(value).toString('base64');
    return [value, encoded, encoded.replace(/=+$/, ''), encodeURIComponent(value), value.replaceAll('/', '\\/')];
  });
  const known = forms.filter((form) => form !== '');
  return known.reduce((scrubbed, form) => scrubbed.replaceAll(form, '***'), text).replaceAll(secretForms, '***');
}
