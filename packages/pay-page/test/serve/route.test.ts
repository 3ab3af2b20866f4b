import { expect, test } from 'vitest';
import { payRoute } from '../../src/serve/route.ts';

test.each([
  ['/pay/abc', { kind: 'page', id: 'abc' }],
  ['/pay/abc/choose', { kind: 'choose', id: 'abc' }],
  ['/pay/abc/test', { kind: 'test', id: 'abc' }],
  ['/pay/abc/events', { kind: 'events', id: 'abc' }],
  ['/pay/assets/page.1f.css', { kind: 'asset', name: 'page.1f.css' }],
  ['/pay/%61bc', { kind: 'page', id: '%61bc' }],
  ['/pay/', { kind: 'page', id: '' }],
  ['/pay', { kind: 'none' }],
  ['/pay/abc/', { kind: 'none' }],
  ['/pay/abc/other', { kind: 'none' }],
  ['/pay/abc/events/more', { kind: 'none' }],
  ['/payment/abc', { kind: 'none' }],
  ['/other/abc', { kind: 'none' }],
])('%s', (path, route) => {
  expect(payRoute(path, '/pay')).toEqual(route);
});
