import type { OwnTables } from '@gatewright/payment-ledger';

/**
 * What the bridge keeps beside the ledger: how each shop's connection stands, what the watchdog did to a shop, sign-ins
 * and one-time states of the connect pages, and which order of the shop a number means.
 */
export const bridgeTables: OwnTables = {
  name: 'woocommerce',
  migrations: [
    {
      name: '0001-connections',
      statements: [
        `create table woocommerce_connections (
          store text primary key,
          fault text,
          fault_at bigint,
          findings text not null,
          checked_at bigint,
          next_check_at bigint not null,
          failures integer not null,
          swept_until bigint,
          next_sweep_at bigint
        )`,
        'create index woocommerce_connections_due on woocommerce_connections (next_check_at)',
        `create table woocommerce_actions (
          id text primary key,
          store text not null,
          at bigint not null,
          what text not null
        )`,
        'create index woocommerce_actions_of_store on woocommerce_actions (store, at)',
        `create table woocommerce_states (
          digest text primary key,
          purpose text not null,
          store text not null,
          operator text,
          session text,
          return_url text,
          expires_at bigint not null,
          used_at bigint
        )`,
        'create index woocommerce_states_expiry on woocommerce_states (expires_at)',
        `create table woocommerce_turns (
          store text not null,
          order_key text not null,
          holder text not null,
          ends_at bigint not null,
          primary key (store, order_key)
        )`,
      ],
    },
    {
      name: '0002-order-keys',
      statements: [
        `create table woocommerce_order_keys (
          store text not null,
          order_id text not null,
          generation integer not null,
          key_hash text not null,
          order_key text not null,
          primary key (store, order_id, generation)
        )`,
        'create unique index woocommerce_order_keys_hash on woocommerce_order_keys (store, order_id, key_hash)',
      ],
    },
    {
      name: '0003-breaker',
      statements: [
        'alter table woocommerce_connections add column strikes integer not null default 0',
        'alter table woocommerce_connections add column retry_at bigint',
      ],
    },
    {
      name: '0004-sweeps',
      statements: [
        'alter table woocommerce_connections add column sweep_mode text',
        'alter table woocommerce_connections add column sweep_cursor text',
        'alter table woocommerce_connections add column sweep_failures integer not null default 0',
        'update woocommerce_connections set next_sweep_at = null',
        'create index woocommerce_connections_sweep on woocommerce_connections (next_sweep_at)',
      ],
    },
    { name: '0005-leases-of-the-ledger', statements: ['drop table woocommerce_turns'] },
  ],
};
