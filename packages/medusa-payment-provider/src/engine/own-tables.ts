import type { OwnTables } from '@gatewright/payment-ledger';

/**
 * What the plugin keeps beside the ledger: Medusa's payment sessions (Medusa deletes its own rows), when each account
 * last sent a webhook, and which processes serve this shop.
 */
export const medusaTables: OwnTables = {
  name: 'medusa',
  migrations: [
    {
      name: '0001-sessions',
      statements: [
        `create table medusa_sessions (
          id text primary key,
          account text not null,
          cart text,
          collection text not null,
          order_key text not null,
          page text not null unique,
          amount text not null,
          currency text not null,
          timing text not null,
          state text not null,
          created_at bigint not null,
          updated_at bigint not null
        )`,
        'create index medusa_sessions_of_order on medusa_sessions (order_key, created_at)',
        `create table medusa_leavings (
          order_key text primary key,
          due_at bigint not null
        )`,
        'create index medusa_leavings_due on medusa_leavings (due_at)',
        `create table medusa_arrivals (
          account text primary key,
          taken_at bigint,
          refused_at bigint,
          refusal text
        )`,
        `create table medusa_processes (
          id text primary key,
          worker_mode text not null,
          shared_locking integer not null,
          seen_at bigint not null
        )`,
      ],
    },
    {
      name: '0002-turns',
      statements: [
        `create table medusa_turns (
          order_key text primary key,
          holder text not null,
          ends_at bigint not null
        )`,
      ],
    },
    { name: '0003-leases-of-the-ledger', statements: ['drop table medusa_turns'] },
  ],
};
