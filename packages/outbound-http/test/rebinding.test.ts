import { get } from 'node:https';
import { isIP } from 'node:net';
import type { Resolver } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { createNodeEgress } from '../src/index.ts';
import { httpsServer } from './loopback.ts';
import { selfSigned } from './self-signed.ts';

/** Global unicast, but not allotted to anyone: a packet to it goes nowhere. */
const PUBLIC_LOOKING = '3000::1';
const NAME = 'rebind.example';

/** A name server under the attacker's control: one answer per question, the last one for ever. */
const rebinding = (...answers: readonly (readonly string[])[]) => {
  const asked: string[] = [];
  const resolve: Resolver = async (host) => {
    asked.push(host);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return { resolve, asked };
};

const certificate = selfSigned(NAME);
const inside = () => httpsServer(certificate, (_request, response) => response.end('inside'));

describe('a name that changes its answer', () => {
  it('is reachable by a client that checks first and resolves again to connect', async () => {
    // Not our code: shows that the server and the resolver below would catch the mistake.
    await using server = await inside();
    const { resolve } = rebinding([PUBLIC_LOOKING], ['127.0.0.1']);
    const checked = await resolve(NAME);
    expect(checked).toEqual([PUBLIC_LOOKING]);
    await new Promise<void>((done, fail) => {
      const options = {
        ca: certificate.cert,
        port: server.port,
        host: NAME,
        autoSelectFamily: false,
        lookup: (
          host: string,
          _options: unknown,
          callback: (e: null, address: string, family: number) => void,
        ) => {
          void resolve(host).then(([address = '']) => callback(null, address, isIP(address)));
        },
      };
      get(options, (response) => response.resume().on('end', done)).on('error', fail);
    });
    expect(server.connections()).toBe(1);
  });

  it('public first, then loopback: asked once, connected to the checked address only', async () => {
    await using server = await inside();
    const { resolve, asked } = rebinding([PUBLIC_LOOKING], ['127.0.0.1']);
    const egress = createNodeEgress({ resolve, ca: certificate.cert, timeoutMs: 500 });
    const outcome = await egress({ method: 'GET', url: `https://${NAME}:${server.port}/`, headers: {} });
    expect(outcome).toEqual({ outcome: 'unavailable', reason: 'not-sent' });
    expect(asked).toEqual([NAME]);
    expect(server.connections()).toBe(0);
  });

  it('loopback first, then public: refused without a second question', async () => {
    await using server = await inside();
    const { resolve, asked } = rebinding(['127.0.0.1'], [PUBLIC_LOOKING]);
    const egress = createNodeEgress({ resolve, ca: certificate.cert, timeoutMs: 500 });
    const outcome = await egress({ method: 'GET', url: `https://${NAME}:${server.port}/`, headers: {} });
    expect(outcome).toEqual({ outcome: 'unavailable', reason: 'blocked-address' });
    expect(asked).toEqual([NAME]);
    expect(server.connections()).toBe(0);
  });

  it('both at once: refused', async () => {
    await using server = await inside();
    for (const addresses of [
      [PUBLIC_LOOKING, '127.0.0.1'],
      ['127.0.0.1', PUBLIC_LOOKING],
      [PUBLIC_LOOKING, '::ffff:127.0.0.1'],
    ]) {
      const egress = createNodeEgress({ ...rebinding(addresses), ca: certificate.cert, timeoutMs: 500 });
      const outcome = await egress({ method: 'GET', url: `https://${NAME}:${server.port}/`, headers: {} });
      expect(outcome).toEqual({ outcome: 'unavailable', reason: 'blocked-address' });
    }
    expect(server.connections()).toBe(0);
  });

  it('this machine by its own names, with the real resolver', async () => {
    await using server = await inside();
    const egress = createNodeEgress({ ca: certificate.cert, timeoutMs: 500 });
    for (const host of ['localhost', '127.0.0.1', '[::1]', '2130706433', '[::ffff:7f00:1]', '0.0.0.0']) {
      const outcome = await egress({ method: 'GET', url: `https://${host}:${server.port}/`, headers: {} });
      expect([host, outcome]).toEqual([host, { outcome: 'unavailable', reason: 'blocked-address' }]);
    }
    expect(server.connections()).toBe(0);
  });
});
