import type { Account } from '../../../src/account/account.ts';
import type { RegisteredGateway } from '../../../src/gateways/registry.ts';
import { refusalStatus, type WebhookVerdict } from '../../../src/gateways/webhook.ts';
import { createAccountHealth } from '../../../src/health/account-health.ts';
import { accountIdSchema, storeIdSchema } from '../../../src/identity/identity.ts';
import { receiveWebhook } from '../../../src/inbox/receive-webhook.ts';
import { createMemoryLedger } from '../../../src/ledger/memory-ledger.ts';
import type { Ports } from '../../../src/ports.ts';
import type { Input } from '../input/input.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Fault } from './violation.ts';

/** GN-1: what a gateway sends along and an inbox row must not show. */
const credentialHeaders = ['x-gateway-merchant-key', 'authorization', 'cookie'];
const rowsPerLedger = 500;

const store = storeIdSchema.parse('store');
const accountIdOf = (gateway: string, account: number): string => `${gateway}-${account}`;

const notReached = (): never => {
  throw new Error('receiving a webhook reaches neither shop nor network');
};

const accountsOf = (subjects: readonly Subject[]): ReadonlyMap<string, Account> =>
  new Map(
    subjects.flatMap((subject) =>
      subject.accounts.map(({ config }, index): [string, Account] => {
        const id = accountIdSchema.parse(accountIdOf(subject.gateway, index));
        return [id, { id, store, gateway: subject.gateway, mode: 'live', config, enabled: true }];
      }),
    ),
  );

type Gateways = (id: string) => RegisteredGateway | undefined;

/** The use case behind the verdict, over a memory ledger that is made anew now and then. */
export const createInbox = (subjects: readonly Subject[], gateway: Gateways) => {
  const accounts = accountsOf(subjects);
  let memory = createMemoryLedger();
  let rows = 0;
  const ports = (): Ports => ({
    ledger: memory,
    directory: {
      store: async () => undefined,
      account: async (id) => accounts.get(id),
      accountsOf: async () => [],
    },
    storefront: { tell: notReached },
    rates: { rate: notReached },
    health: createAccountHealth(),
    clock: { now: () => 0 },
    random: (count) => {
      rows += 1;
      return Uint8Array.from({ length: count }, (_, index) => (index < 4 ? rows >> (8 * index) : 0) & 255);
    },
    gateway,
    http: notReached,
    webhookUrl: notReached,
    sandbox: false,
  });

  /** Sends the request through the use case, and compares answer and stored row with the verdict. */
  return async (input: Input, verdict: WebhookVerdict): Promise<readonly Fault[]> => {
    if (rows % rowsPerLedger === 0) memory = createMemoryLedger();
    const differs = (detail: string): Fault => ({ kind: 'inbox-differs', detail });
    const id = accountIdOf(input.gateway, input.account);
    const { headers, body, receivedAt } = input;
    const answer = await receiveWebhook(ports(), input.gateway, id, { headers, body, receivedAt });
    const expected = verdict.ok ? 200 : refusalStatus(verdict);
    if (answer.status !== expected) return [differs(`answered ${answer.status} instead of ${expected}`)];
    if (answer.status !== 200) return [];
    const row = await memory.transact((tx) => tx.inbox.byId(answer.inbox));
    if (row === undefined || Buffer.compare(row.body, body) !== 0) return [differs('the body is not stored')];
    const shown = credentialHeaders.filter((name) => (row.headers[name] ?? '[redacted]') !== '[redacted]');
    return shown.map((name) => differs(`the row shows the header ${name}`));
  };
};
