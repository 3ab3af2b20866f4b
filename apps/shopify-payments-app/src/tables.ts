import type { OwnTables } from '@gatewright/payment-ledger';

/**
 * What the app keeps beside the ledger: the shops, what Shopify asked of us and what we answered. Rows of sessions and
 * refunds are kept for ever: Shopify's idempotency keys do not expire (contracts/shopify.md 2.7).
 */
export const shopifyTables: OwnTables = {
  name: 'shopify',
  migrations: [
    {
      name: '0001-sessions',
      statements: [
        `create table shopify_shops (
          domain text primary key,
          live_store text not null unique,
          test_store text not null unique,
          installed_at bigint not null,
          uninstalled_at bigint,
          ready bigint not null,
          external_handle text,
          refresh_holder text,
          refresh_until bigint
        )`,
        `create table shopify_sessions (
          shop text not null,
          id text not null,
          gid text not null,
          store text not null,
          order_group text not null,
          kind text not null,
          amount text not null,
          currency text not null,
          cancel_url text not null,
          page text not null unique,
          redirect_url text not null,
          state text not null,
          next_url text,
          committed_at bigint,
          created_at bigint not null,
          primary key (shop, id)
        )`,
        'create index shopify_sessions_of_group on shopify_sessions (store, order_group, created_at)',
        `create table shopify_follow_ups (
          shop text not null,
          id text not null,
          kind text not null,
          gid text not null,
          payment text not null,
          amount text,
          currency text,
          state text not null,
          note text,
          told text,
          tries bigint not null,
          next_at bigint not null,
          created_at bigint not null,
          primary key (shop, kind, id)
        )`,
        'create index shopify_follow_ups_due on shopify_follow_ups (told, next_at)',
        'create index shopify_follow_ups_by_hand on shopify_follow_ups (shop, state, created_at)',
      ],
    },
    {
      name: '0002-merchants',
      statements: [
        `create table shopify_merchants (
          digest text primary key,
          shop text not null,
          expires_at bigint not null
        )`,
        'create index shopify_merchants_expiry on shopify_merchants (expires_at)',
      ],
    },
    {
      name: '0003-merchant-pages',
      statements: [
        'create index shopify_sessions_of_shop on shopify_sessions (shop, created_at, id)',
        'alter table shopify_follow_ups add column decided_at bigint',
        'alter table shopify_follow_ups add column trouble text',
        'create index shopify_follow_ups_of_payment on shopify_follow_ups (shop, payment, created_at)',
        'create index shopify_follow_ups_untold on shopify_follow_ups (shop, told, state, decided_at)',
        'alter table shopify_shops add column extension_version text',
        'create table shopify_webhook_sightings (account text primary key, seen_at bigint not null)',
      ],
    },
    {
      name: '0004-rejections',
      statements: [
        'alter table shopify_sessions add column pended_until bigint',
        'alter table shopify_sessions add column pending_end_shown bigint',
        'alter table shopify_sessions add column rejection text',
        'alter table shopify_sessions add column rejection_asked_at bigint',
        'alter table shopify_sessions add column rejection_next_at bigint',
        'create index shopify_sessions_rejected on shopify_sessions (rejection_next_at)',
        'create index shopify_sessions_pended on shopify_sessions (state, pended_until)',
      ],
    },
    {
      name: '0005-languages',
      statements: [
        'alter table shopify_sessions add column merchant_locale text',
        'alter table shopify_follow_ups add column merchant_locale text',
      ],
    },
    {
      name: '0006-turns',
      statements: [
        'create table shopify_turns (shop text primary key, holder text not null, until bigint not null)',
      ],
    },
    {
      name: '0007-pending-looks',
      statements: [
        'alter table shopify_sessions add column pending_looked_at bigint not null default 0',
        'create index shopify_sessions_looked on shopify_sessions (state, pending_looked_at)',
      ],
    },
    {
      name: '0008-leases-of-the-ledger',
      statements: [
        'drop table shopify_turns',
        'alter table shopify_shops drop column refresh_holder',
        'alter table shopify_shops drop column refresh_until',
      ],
    },
    {
      name: '0009-told-again',
      statements: [
        'alter table shopify_sessions add column rejection_trouble text',
        'alter table shopify_sessions add column ended_before text',
        `create table shopify_told_again (
          shop text not null,
          kind text not null,
          id text not null,
          asked_at bigint not null,
          asked_by text not null,
          primary key (shop, kind, id, asked_at)
        )`,
      ],
    },
  ],
};
