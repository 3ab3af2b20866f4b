import type { GatewayAccount } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { BenchShopper } from './bench.ts';
import { storiesOfGateway } from './story-table.ts';
import { type GatewaySubject, happenings, movesOf } from './subject.ts';

const isOffered = (account: GatewayAccount, method: keyof GatewayAccount): boolean =>
  account[method] !== undefined;

const movesNeeded = ({ gateway, happens }: GatewaySubject): ReadonlySet<string> =>
  new Set([
    ...happenings.filter((what) => happens[what] === true).flatMap((what) => movesOf[what]),
    ...(gateway.capabilities.topUp ? (['topUp'] satisfies (keyof BenchShopper)[]) : []),
  ]);

/**
 * Which stories a gateway has follows from what it says of itself; this is where it is held to that: the adapter has
 * a call for every capability and for no other, the bench can do everything that happens and nothing that is ruled
 * out, and what is left out has a reason.
 */
export const checkAgreement = async (subject: GatewaySubject): Promise<void> => {
  const { gateway } = subject;
  const bench = await subject.open();
  try {
    const { config } = await bench.openAccount('http://127.0.0.1:9/webhooks/unused');
    const account = gateway.connect(config, { http: bench.http, clock: bench.clock, sandbox: true });
    if (!account) throw new Error("the bench's configuration is unusable for the adapter");
    const { poll, cancel, refund, findByReference } = gateway.capabilities;
    expect({
      readInvoices: isOffered(account, 'readInvoices'),
      cancelInvoice: isOffered(account, 'cancelInvoice'),
      refund: isOffered(account, 'refund'),
      findInvoice: isOffered(account, 'findInvoice'),
    }).toEqual({
      readInvoices: poll !== 'none',
      cancelInvoice: cancel,
      refund: refund !== 'none',
      findInvoice: findByReference,
    });
    expect(await account.check()).toMatchObject({ outcome: 'ok' });
    const moves = Object.keys(bench.shopper).filter((move) => move !== 'pay');
    expect(new Set(moves)).toEqual(movesNeeded(subject));
  } finally {
    await bench.close();
  }
  const { lifecycle, hostile } = storiesOfGateway(subject);
  const all = [...lifecycle, ...hostile];
  expect(new Set(all.map(({ story }) => story.id)).size).toBe(all.length);
  for (const { applies } of all) expect(applies).not.toBe('');
};
