import * as z from 'zod';

/** Medusa's `query` of the app container, as far as it is used here; what it answers is parsed. */
export interface ShopQuery {
  graph(ask: {
    readonly entity: string;
    readonly fields: string[];
    readonly filters?: Record<string, unknown>;
  }): Promise<{ data: unknown }>;
}

/** A run of a workflow that has ended. */
interface ShopRun {
  getContext(): { readonly invoke: Readonly<Record<string, unknown>> };
}

/** Medusa's workflow engine: core's workflows are run by their ids, so that no second copy of them is loaded. */
export interface ShopWorkflows {
  run(
    id: string,
    options: { readonly input: unknown; readonly throwOnError: false },
  ): Promise<{ readonly errors?: unknown; readonly transaction: ShopRun }>;
}

interface ShopLog {
  warn(message: string): void;
}

/** Medusa's locking module, as far as it is used here. */
interface ShopLocking {
  release(keys: string[]): Promise<unknown>;
}

/** The connection Medusa gives to everybody in its container (knex), as far as it is used here. */
interface ShopConnection {
  raw(sql: string, values: readonly string[]): Promise<unknown>;
}

/** A running Medusa server, seen from its own process. */
export interface Shop {
  readonly query: ShopQuery;
  readonly workflows: ShopWorkflows;
  /** Takes away a lock of Medusa's own that has outlived its time. */
  dropExpiredLock(orderKey: string): Promise<void>;
  /** Takes away a lock of Medusa's own whose process is known to be dead. */
  dropDeadLock(orderKey: string): Promise<unknown>;
  /**
   * Whether core is still making the order of this cart, or taking it back: `order_cart` names the order from the middle
   * of the run on.
   */
  isBeingCompleted(orderKey: string): Promise<boolean>;
  /** A line in Medusa's log. */
  warn(message: string): void;
}

/** Anything that resolves by name: the app container, or the scope of a request. */
export interface Scope {
  resolve(name: string): unknown;
}

// ContainerRegistrationKeys.PG_CONNECTION
const connectionOf = (scope: Scope): ShopConnection => scope.resolve('__pg_connection__') as ShopConnection;

/** locking-postgres 2.21 keeps the lock of a process that was killed for ever: nobody else may take over its row. */
const dropExpiredLock = async (scope: Scope, orderKey: string): Promise<void> => {
  await connectionOf(scope)
    .raw('delete from locking where id = ? and expiration < now()', [orderKey])
    // Another locking provider has no such table, and needs no help.
    .catch(() => undefined);
};

/**
 * Core writes every run of `complete-cart` before its first step and after its last compensation, with either workflow
 * engine (@medusajs/workflow-engine-inmemory and -redis, saveToDb). A run that is older than core's lock of a cart died
 * with its process, and never gets another state.
 */
const runUnderWay = `select 1 from workflow_execution
  where workflow_id = 'complete-cart' and state in ('not_started', 'invoking', 'waiting_to_compensate', 'compensating')
    and created_at > now() - interval '2 minutes' and context->'data'->'payload'->>'id' = ?
  limit 1`;

const answeredRows = z.object({ rows: z.array(z.unknown()) });

const isBeingCompleted = async (scope: Scope, orderKey: string): Promise<boolean> =>
  answeredRows.parse(await connectionOf(scope).raw(runUnderWay, [orderKey])).rows.length > 0;

// Medusa registers both under these names at every start (ContainerRegistrationKeys.QUERY, Modules.WORKFLOW_ENGINE).
export const shopOf = (scope: Scope): Shop => ({
  query: scope.resolve('query') as ShopQuery,
  workflows: scope.resolve('workflows') as ShopWorkflows,
  isBeingCompleted: (orderKey) => isBeingCompleted(scope, orderKey),
  dropExpiredLock: (orderKey) => dropExpiredLock(scope, orderKey),
  // ContainerRegistrationKeys.LOGGER
  warn: (message) => (scope.resolve('logger') as ShopLog).warn(message),
  // Modules.LOCKING. Core's workflows lock without an owner, so they are unlocked without one.
  dropDeadLock: (orderKey) => (scope.resolve('locking') as ShopLocking).release([orderKey]),
});
