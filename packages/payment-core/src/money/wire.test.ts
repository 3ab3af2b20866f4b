import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseExactJson } from './exact-json.ts';
import { jsonNumber } from './json-number.ts';
import { wireAmount, wireId, wireInstant, wireInteger, wireText, wireUnixSeconds } from './wire.ts';

const read = <T>(schema: z.ZodType<T>, value: unknown): T | 'refused' => {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
};

describe('wire pieces', () => {
  it('CP-16 reads an amount from a string or a number and keeps the digits', () => {
    expect(read(wireAmount, '49.90')).toBe('49.90');
    expect(read(wireAmount, jsonNumber('49.90'))).toBe('49.90');
    expect(read(wireAmount, jsonNumber('5e-7'))).toBe('0.0000005');
    for (const value of [
      '-1',
      '1e2',
      '',
      ' 1',
      '1,5',
      jsonNumber('-1'),
      jsonNumber('1e999'),
      49.9,
      null,
      {},
    ]) {
      expect(read(wireAmount, value)).toBe('refused');
    }
  });

  it('keeps an int64 id, however it is written', () => {
    expect(read(wireId, jsonNumber('9223372036854775807'))).toBe('9223372036854775807');
    expect(read(wireId, '528347')).toBe('528347');
    for (const value of ['007', '-1', '1.0', 'abc', '', jsonNumber('1.5'), jsonNumber('1e3'), 5, null]) {
      expect(read(wireId, value)).toBe('refused');
    }
  });

  it('reads whole numbers within the safe range', () => {
    expect(read(wireInteger, jsonNumber('19'))).toBe(19);
    expect(read(wireInteger, jsonNumber('-3'))).toBe(-3);
    expect(read(wireInteger, jsonNumber('9007199254740991'))).toBe(Number.MAX_SAFE_INTEGER);
    for (const value of [jsonNumber('9007199254740992'), jsonNumber('1.0'), jsonNumber('1e3'), '19', 19]) {
      expect(read(wireInteger, value)).toBe('refused');
    }
  });

  it('refuses text that a database refuses', () => {
    expect(read(wireText, 'order "é" 😀')).toBe('order "é" 😀');
    for (const value of ['a\u0000b', '\ud800', jsonNumber('1'), null]) {
      expect(read(wireText, value)).toBe('refused');
    }
  });

  it('reads Unix seconds, and refuses milliseconds in their place', () => {
    expect(read(wireUnixSeconds, jsonNumber('1711608002'))).toBe(1_711_608_002_000);
    for (const value of [jsonNumber('1711608002000'), jsonNumber('-1'), jsonNumber('1.5'), '1711608002']) {
      expect(read(wireUnixSeconds, value)).toBe('refused');
    }
  });

  it.each([
    ['2026-05-15T10:25:11Z', '2026-05-15T10:25:11.000Z'],
    ['2026-06-28T12:00:00.000Z', '2026-06-28T12:00:00.000Z'],
    ['2024-01-15T10:30:00+00:00', '2024-01-15T10:30:00.000Z'],
    ['2024-01-15T10:30:00+0530', '2024-01-15T05:00:00.000Z'],
    ['2024-01-15T00:30:00+02:00', '2024-01-14T22:30:00.000Z'],
    ['2024-01-15T10:30:00-08:00', '2024-01-15T18:30:00.000Z'],
    ['2026-03-28T06:40:02', '2026-03-28T06:40:02.000Z'],
    ['2026-03-28 06:40:02', '2026-03-28T06:40:02.000Z'],
    ['2026-03-28T06:40:02.123456', '2026-03-28T06:40:02.123Z'],
    ['2024-02-29T00:00:00.5Z', '2024-02-29T00:00:00.500Z'],
  ])('reads the instant %s', (text, expected) => {
    expect(read(wireInstant, text)).toBe(Date.parse(expected));
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+15:00',
    '1969-12-31T23:59:59Z',
    '0000-01-01T00:00:00Z',
    '2026-03-28T06:40:02...',
    '2026-03-28',
    'yesterday',
    '1711608002',
    '',
  ])('refuses %j as an instant', (text) => {
    expect(read(wireInstant, text)).toBe('refused');
  });

  it('agrees with Date on every instant that Date writes', () => {
    const instant = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        expect(read(wireInstant, date.toISOString())).toBe(date.getTime());
      }),
      { seed: 23, numRuns: 500 },
    );
  });

  it('stands in objects: unknown fields are ignored, absent ones are refused unless optional', () => {
    const contract = z.object({ invoice_id: wireId, amount: wireAmount, paid_at: wireInstant.optional() });
    const body = parseExactJson('{"invoice_id":9007199254740993,"amount":9.90,"new_field":{"x":[1]}}');
    expect(body.ok && contract.parse(body.value)).toEqual({ invoice_id: '9007199254740993', amount: '9.90' });
    expect(contract.safeParse({ invoice_id: '1' }).success).toBe(false);
    expect(contract.safeParse({}).success).toBe(false);
    expect(z.object({ amount: wireAmount.nullish() }).parse({})).toEqual({});
  });

  it('names the rule in an issue, never the value', () => {
    const result = wireAmount.safeParse('secret-looking');
    expect(result.success ? '' : JSON.stringify(result.error.issues)).not.toContain('secret');
  });
});
