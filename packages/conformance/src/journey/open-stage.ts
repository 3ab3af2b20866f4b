import {
  createAccountHealth,
  createMemoryLedger,
  type Ledger,
  minutes,
  moneySchema,
  orderKeySchema,
  type Ports,
  readInvoiceJob,
  reconcile,
  requestRefund,
  seconds,
} from '@gatewright/payment-core';
import type { GatewayBench } from '../gateway/bench.ts';
import type { GatewaySubject } from '../gateway/subject.ts';
import type { OpenedLedger } from '../ledger/open-ledger.ts';
import { orderOf, usualRate } from './amounts.ts';
import { directoryOf } from './directory.ts';
import { createMovingRates, type MovingRates } from './rates.ts';
import { openReceiver, type Receiver } from './receiver.ts';
import { openSeat, type Seat, type SeatName } from './seats.ts';
import { createReferenceShop, type ReferenceShop } from './shop.ts';
import { shopperSide } from './shopper-side.ts';
import type { Stage, StageSettings } from './stage.ts';
import { readState } from './state.ts';
import { createWire, type Wire } from './wire.ts';
import { runDueJobs } from './work.ts';

const openMemoryLedger = async (): Promise<OpenedLedger> => {
  const ledger = createMemoryLedger();
  return { ledger, jobs: ledger.jobs, changes: ledger.changes, close: async () => undefined };
};

/** Different bytes with every call and the same ones in every run. */
const countedBytes = () => {
  let drawn = 0;
  return (count: number): Uint8Array => {
    drawn += 1;
    return Uint8Array.from({ length: count }, (_, index) => (drawn >> (8 * (index % 4))) & 255);
  };
};

/** The parts a stage is put together from. */
interface Parts {
  readonly subject: GatewaySubject;
  readonly settings: StageSettings;
  readonly bench: GatewayBench;
  readonly opened: OpenedLedger;
  readonly shop: ReferenceShop;
  readonly rates: MovingRates;
  readonly wire: Wire;
  readonly seats: Map<SeatName, Seat>;
  readonly disk: { works: boolean };
}

const openParts = async (subject: GatewaySubject, settings: StageSettings): Promise<Parts> => {
  const bench = await subject.open();
  return {
    subject,
    settings,
    bench,
    opened: await (subject.openLedger ?? openMemoryLedger)(),
    shop: createReferenceShop(),
    rates: createMovingRates(),
    wire: createWire(bench.http, bench.isMeant ?? (() => true)),
    seats: new Map(),
    disk: { works: true },
  };
};

const onDisk = ({ opened, disk }: Parts): Ledger => ({
  transact: (work) =>
    disk.works ? opened.ledger.transact(work) : Promise.reject(new Error('the disk is full')),
});

const portsOf = (parts: Parts, receiver: () => Receiver): Ports => {
  const { subject, settings, bench, shop, rates, wire, seats } = parts;
  return {
    ledger: onDisk(parts),
    directory: directoryOf(() => [...seats.values()], settings.policy ?? {}),
    storefront: shop,
    rates,
    health: createAccountHealth(),
    clock: bench.clock,
    random: countedBytes(),
    gateway: (id) => (id === subject.gateway.id ? subject.gateway : undefined),
    http: () => wire.http,
    webhookUrl: (account) => receiver().urlOf(account.id),
    sandbox: true,
  };
};

/** The core puts some work off for some seconds, so that a crowd of hints costs one read. */
const momentMs = seconds(10);

const timeSide = ({ bench, opened }: Parts, ports: Ports) => {
  const work = () => runDueJobs(opened.jobs, ports);
  const moment: Stage['moment'] = async () => {
    const ends = bench.clock.now() + momentMs;
    for (let now = bench.clock.now(); now < ends; now = bench.clock.now()) {
      await work();
      await bench.clock.advance(Math.min(seconds(1), ends - now));
    }
    await work();
  };
  const live: Stage['live'] = async (ms) => {
    for (let passed = 0; passed < ms; passed += minutes(1)) {
      await bench.clock.advance(Math.min(minutes(1), ms - passed));
      await work();
      await reconcile(ports);
      await work();
    }
  };
  const recheck: Stage['recheck'] = async ({ id }) => {
    await readInvoiceJob(ports, id);
    await work();
  };
  return { work, moment, live, recheck, sleep: (ms: number) => bench.clock.advance(ms) };
};

export interface OpenedStage {
  readonly stage: Stage;
  close(): Promise<void>;
}

const inMode = (subject: GatewaySubject, mode: StageSettings['accountMode']): GatewaySubject =>
  mode === undefined ? subject : { ...subject, gateway: { ...subject.gateway, modeOf: () => mode } };

/** @param tried the gateway under test; its bench is opened here and closed with the stage */
export const openStage = async (
  tried: GatewaySubject,
  settings: StageSettings = {},
): Promise<OpenedStage> => {
  const subject = inMode(tried, settings.accountMode);
  const parts = await openParts(subject, settings);
  const { bench, opened, shop, rates, wire, seats, disk } = parts;
  const ports: Ports = portsOf(parts, () => receiver);
  const receiver = await openReceiver(ports, subject.gateway.id);
  const take = async (name: SeatName): Promise<Seat> => {
    const seat = seats.get(name) ?? (await openSeat(name, subject, bench, receiver, settings.storeMode));
    seats.set(name, seat);
    return seat;
  };
  const main = await take('main');
  const { settlementCurrency } = subject.gateway;
  if (settlementCurrency !== null) rates.set(settlementCurrency, orderOf(subject).currency, usualRate);
  const shopper = shopperSide(parts, ports, main);
  const time = timeSide(parts, ports);
  const stage: Stage = {
    subject,
    bench,
    ports,
    jobs: opened.jobs,
    shop,
    rates,
    wire,
    receiver,
    main,
    openSeat: take,
    storeBecomes: (mode) => {
      for (const [name, seat] of seats) if (seat.store === main.store) seats.set(name, { ...seat, mode });
    },
    order: (orderKey = '1') => shop.order(orderKey),
    ...shopper,
    ...time,
    pay: async (invoice, how) => {
      await shopper.send(invoice, how);
      await time.work();
    },
    current: async ({ id }) => {
      const row = await ports.ledger.transact((tx) => tx.invoices.byId(id));
      if (!row) throw new Error('the invoice is gone');
      return row;
    },
    reviews: async (seat = main) => {
      const rows = await ports.ledger.transact((tx) =>
        tx.reviews.page(seat.store, { state: 'open', limit: 100 }),
      );
      return rows.map(({ kind }) => kind);
    },
    capture: async (action) => {
      const before = receiver.received.length;
      receiver.state = 'capture';
      await action();
      receiver.state = 'open';
      return receiver.received.slice(before);
    },
    deliver: (webhook, seat = main) => receiver.post(seat.account.id, webhook),
    refund: (refundId, amount) =>
      requestRefund(ports, {
        store: main.store,
        orderKey: orderKeySchema.parse('1'),
        refundId,
        amount: moneySchema.parse({ amount, currency: shop.order('1').currency }),
        reason: 'returned',
      }),
    state: () => readState(ports.ledger, shop, [...seats.values()]),
    ledgerWorks: (works) => {
      disk.works = works;
    },
  };
  return {
    stage,
    close: async () => {
      await receiver.close();
      await bench.close();
      await opened.close();
    },
  };
};
