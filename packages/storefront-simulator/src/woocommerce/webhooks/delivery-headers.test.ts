import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookSignature } from './delivery-headers.ts';

const mac = (secret: string): string => createHmac('sha256', secret).update('{}').digest('base64');

describe('webhookSignature', () => {
  it('uses a secret with & < " > as it is', () => {
    expect(webhookSignature('a&b<c>"d"', '{}')).toBe(mac('a&b<c>"d"'));
  });

  it('decodes HTML entities in the secret: such a secret signs as something else (4.1)', () => {
    expect(webhookSignature('a&amp;b', '{}')).toBe(mac('a&b'));
    expect(webhookSignature('&lt;x&gt;', '{}')).toBe(mac('<x>'));
    expect(webhookSignature('&amp;lt;', '{}')).toBe(mac('&lt;'));
  });
});
