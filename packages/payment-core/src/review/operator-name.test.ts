import { expect, it } from 'vitest';
import { parseOperatorName } from './operator-name.ts';

it.each([
  ['ann', 'ann'],
  [' Ann Ö. ', 'Ann Ö.'],
  ['Ann O\u0308.', 'Ann Ö.'],
  ['ann@shop.example', 'ann@shop.example'],
  ['x'.repeat(64), 'x'.repeat(64)],
])('%j is recorded as %j', (text, name) => {
  expect(parseOperatorName(text)).toBe(name);
});

it.each(['', '  ', 'a\nb', '\u001b[2J', 'a\u202eb', '<b>', '-x', '--by', 'x'.repeat(65)])(
  '%j names nobody',
  (text) => {
    expect(parseOperatorName(text)).toBeUndefined();
  },
);
