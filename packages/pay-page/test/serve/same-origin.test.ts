import { expect, test } from 'vitest';
import { isSameOrigin } from '../../src/serve/same-origin.ts';

const own = 'https://pay.example';
const sent = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), own);

test.each([
  [{}, true],
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'none' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: own }, false],
  [{ origin: own }, true],
  [{ origin: `${own}.evil.example` }, false],
  [{ origin: 'http://pay.example' }, false],
  [{ origin: 'null' }, true],
  [{ origin: 'null', 'sec-fetch-site': 'cross-site' }, false],
])('a form with %o: %s', (headers, expected) => {
  expect(sent(headers)).toBe(expected);
});
