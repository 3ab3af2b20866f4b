import { jsonNumber } from '@gatewright/payment-core';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { exact } from './exact.ts';
import {
  JAVASCRIPT,
  type NativeJson,
  PHP,
  PYTHON,
  phpNumber,
  UNUSUAL,
  writeNativeJson,
} from './native-json.ts';

const sample = {
  url: 'https://é.example/\u007f',
  amount: jsonNumber('50.00'),
  list: [1, null, true],
  gone: undefined,
};

it('writes like JSON.stringify, json.dumps and json_encode', () => {
  expect(writeNativeJson(sample, JAVASCRIPT)).toBe(
    '{"url":"https://é.example/\u007f","amount":50.00,"list":[1,null,true]}',
  );
  expect(writeNativeJson(sample, PYTHON)).toBe(
    '{"url": "https://\\u00e9.example/\\u007f", "amount": 50.00, "list": [1, null, true]}',
  );
  expect(writeNativeJson(sample, PHP)).toBe(
    '{"url":"https:\\/\\/\\u00e9.example\\/\u007f","amount":50.00,"list":[1,null,true]}',
  );
  expect(writeNativeJson('😀\n"', PHP)).toBe('"\\ud83d\\ude00\\n\\""');
});

it('refuses a number that may have lost digits', () => {
  for (const value of [0.1, 2 ** 53, Number.NaN])
    expect(() => writeNativeJson(value, PHP)).toThrow(RangeError);
});

it('writes JSON that means the same in every style', () =>
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (drawn) => {
      // What remains after the reviver is JSON with safe integers, which is a NativeJson.
      const value = JSON.parse(JSON.stringify(drawn), integersOnly) as NativeJson;
      for (const style of [JAVASCRIPT, PYTHON, PHP, UNUSUAL]) {
        expect(JSON.parse(writeNativeJson(value, style))).toEqual(value);
      }
    }),
  ));

const integersOnly = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.trunc(value % 1e9) + 0 : value;

it.each([
  ['0.0001', '0.0001'],
  ['0.00001', '1.0e-5'],
  ['0.0000103900', '1.039e-5'],
  ['50.00', '50.00'],
  ['0', '0'],
])('writes %s as a PHP float: %s', (amount, lexeme) => expect(phpNumber(exact(amount)).lexeme).toBe(lexeme));
