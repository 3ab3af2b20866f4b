import { CannotStart } from '@gatewright/operations';
import type { Clock, RandomBytes } from '@gatewright/payment-core';
import { openLedger } from '@gatewright/payment-ledger';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { bridgeTables } from './bridge-tables.ts';
import type { BridgeEnv } from './env.ts';

/** @throws CannotStart with the ledger's own reason */
export const openOrRefuse = async (env: BridgeEnv, clock: Clock, random: RandomBytes, log: Logger) => {
  const onError = (error: unknown): void => log.warn({ err: error }, 'ledger upkeep failed');
  const opened = await openLedger(env.databaseUrl, {
    clock,
    random,
    keys: env.keys,
    tables: bridgeTables,
    onError,
  });
  if (!opened.ok) throw new CannotStart(opened.reason, opened.message);
  return opened;
};

/** @returns the origin it listens at. @throws CannotStart when the port cannot be had */
export const bind = async (
  app: FastifyInstance,
  setting: 'PORT' | 'OPERATOR_PORT',
  host: string,
  port: number,
): Promise<string> => {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const message = `Nothing can listen at port ${port} of ${host} (${code}). End the other program there, or set ${setting} to another port.`;
    throw new CannotStart('cannot-listen', message);
  }
};
