import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseKeyRing } from './key-ring.ts';

const key = (): string => randomBytes(32).toString('base64');

describe('parseKeyRing', () => {
  it('takes the first key as the current one and keeps the others', () => {
    const [a, b] = [key(), key()];
    const parsed = parseKeyRing(` new:${a}, old:${b} ,`);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(parsed.ring.current).toBe('new');
    expect([...parsed.ring.keys].map(([id, bytes]) => [id, Buffer.from(bytes).toString('base64')])).toEqual([
      ['new', a],
      ['old', b],
    ]);
  });

  it('reads base64url as well', () => {
    expect(parseKeyRing(`a:${randomBytes(32).toString('base64url')}`).ok).toBe(true);
  });

  it.each([
    [undefined, 'no-keys'],
    ['', 'no-keys'],
    [' , ', 'no-keys'],
    [key(), 'malformed-key'],
    [`:${key()}`, 'malformed-key'],
    ['a:', 'malformed-key'],
    ['a:not base64!', 'malformed-key'],
    [`a b:${key()}`, 'malformed-key'],
    [`a:${randomBytes(16).toString('base64')}`, 'wrong-key-length'],
    [`a:${randomBytes(33).toString('base64')}`, 'wrong-key-length'],
    [`a:${key()},a:${key()}`, 'repeated-key-id'],
  ])('has no default for %j and says what is wrong without repeating it', (text, reason) => {
    const parsed = parseKeyRing(text);
    expect(parsed).toMatchObject({ ok: false, reason });
    const message = parsed.ok ? '' : parsed.message;
    expect(message).toContain('GATEWRIGHT_KEYS');
    for (const secret of (text ?? '').split(/[:,]/).filter((part) => part.length > 16)) {
      expect(message).not.toContain(secret);
    }
  });
});
