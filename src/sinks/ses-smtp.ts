import { createHmac } from 'node:crypto';

import { Secret } from '../secret.ts';

/**
 * The password for SES's SMTP servers in a region that belongs to a secret access key; the user name is the AccessKeyId.
 *
 * The algorithm, version 4, as AWS publishes it for programs that rotate:
 * https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html
 *
 * @example
 * deriveSesSmtpPassword(created.SecretAccessKey, 'eu-west-1'); // prints ***
 */
export function deriveSesSmtpPassword(secret: Secret, region: string): Secret {
  const steps = ['11111111', region, 'ses', 'aws4_request', 'SendRawEmail'];
  const signature = steps.reduce<Buffer>(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    Buffer.from(`AWS4${secret.reveal()}`),
  );
  return new Secret(Buffer.concat([Buffer.of(0x04), signature]).toString('base64'));
}
