import { expect, it } from 'vitest';
import { judgeWebhookUrl } from './loopback.ts';

it.each([
  'http://localhost:3000/a',
  'http://127.0.0.1',
  'https://127.1.2.3:8443/x',
  'http://[::1]:80/hook',
  'http://2130706433/',
])('allows %s', (url) => expect(judgeWebhookUrl(url)).toMatchObject({ ok: true }));

it.each([
  ['https://shop.example/hook', 'not-loopback'],
  ['http://127.0.0.1.example.com/', 'not-loopback'],
  ['http://localhost.example/', 'not-loopback'],
  ['http://10.0.0.1/', 'not-loopback'],
  ['http://127.0.0.1@shop.example/', 'not-loopback'],
  ['http://0.0.0.0/', 'not-loopback'],
  ['ftp://127.0.0.1/', 'not-http'],
  ['/hook', 'not-a-url'],
])('refuses %s: %s', (url, reason) => expect(judgeWebhookUrl(url)).toEqual({ ok: false, reason }));
