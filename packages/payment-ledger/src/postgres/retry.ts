import type { RandomBytes } from '@gatewright/payment-core';
import { TransactionFailed } from './session.ts';

const MAX_ATTEMPTS = 60;
/** A unique value may have been taken since it was looked up; when it still is, that is the transaction's own fault. */
const MAX_ATTEMPTS_AT_UNIQUE_VALUES = 3;

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** How often a transaction that failed so may run. */
const attemptsAt = (error: unknown): number => {
  switch (codeOf(error)) {
    // serialization_failure, deadlock_detected
    case '40001':
    case '40P01':
      return MAX_ATTEMPTS;
    // unique_violation
    case '23505':
      return MAX_ATTEMPTS_AT_UNIQUE_VALUES;
    default:
      return 1;
  }
};

const MAX_PAUSE_MS = 100;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Up to 2, 4, 8 … 100 ms, by chance: those that met once do not meet again. */
const pauseMs = (attempt: number, random: RandomBytes): number => {
  const [byte = 128] = random(1);
  return (Math.min(MAX_PAUSE_MS, 2 ** attempt) * byte) / 255;
};

/** Tells the caller of a failed transaction what its work threw. */
export const once = <T>(transaction: () => Promise<T>): Promise<T> =>
  transaction().catch((error: unknown) => {
    throw error instanceof TransactionFailed ? error.thrown : error;
  });

/** Runs a transaction again while others were in its way: some seconds long, then its error is the caller's. */
export const retrying = async <T>(random: RandomBytes, transaction: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof TransactionFailed)) throw error;
      if (attempt >= attemptsAt(error.first)) throw error.thrown;
      await pause(pauseMs(attempt, random));
    }
  }
};
