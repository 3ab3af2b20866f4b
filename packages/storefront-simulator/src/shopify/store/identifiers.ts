import { createHash } from 'node:crypto';
import type { Random } from '../../random.ts';

export const uuid = (random: Random): string => {
  const digits = random.hex(32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
};

/** Base64 text, as `group` and `session_id` are. */
export const base64Id = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64');

export const sha256Base64 = (text: string): string => createHash('sha256').update(text).digest('base64');
