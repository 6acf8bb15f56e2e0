import { describe, expect, it } from 'vitest';

import { Secret } from '../../../src/secret.ts';
import { deriveSesSmtpPassword } from '../../../src/sinks/ses-smtp.ts';

describe('deriveSesSmtpPassword', () => {
  // Computed with Python's hmac, hashlib and base64, in the steps that AWS publishes.
  it.each([
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'us-east-1', 'BLBM/9hSUELfq8Gw+rU1YcBjkOxGbhT2XG763xVLGWL9'],
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'eu-central-1', 'BF0/eIJm0ruTHsSjOkRuOGzGF+zeSyE3aiRzrzUQ8LwG'],
    ['a'.repeat(40), 'ap-southeast-2', 'BJqtOFXKvrQxmAGzYFgFd409Cqq3OvuXm1FaV6HneuJV'],
  ])('of %s in %s', (secret, region, password) => {
    const derived = deriveSesSmtpPassword(new Secret(secret), region);
    expect([derived.reveal(), String(derived)]).toEqual([password, '***']);
  });
});
