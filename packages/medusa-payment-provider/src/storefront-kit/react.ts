'use client';
import { useEffect, useState } from 'react';
import type { PaymentStatus } from './read-payment.ts';
import type { StoreApi } from './store-api.ts';
import { watchPayment } from './watch-payment.ts';

export interface ShownPayment {
  /** Undefined until the first answer. */
  readonly status: PaymentStatus | undefined;
  /** The session is unknown, or Medusa refuses to answer: nothing more will come. */
  readonly refused: boolean;
}

const nothing: ShownPayment = { status: undefined, refused: false };

/**
 * The status of a payment, kept up to date while the page is shown.
 * @param sessionId `sessionIdOf(location.href)`; null: nothing is asked
 * @example const { status } = usePayment({ backendUrl, publishableKey }, sessionId);
 */
export const usePayment = (
  { backendUrl, publishableKey }: Pick<StoreApi, 'backendUrl' | 'publishableKey'>,
  sessionId: string | null,
): ShownPayment => {
  const [shown, setShown] = useState(nothing);
  useEffect(() => {
    if (sessionId === null) return undefined;
    const { signal, abort } = stoppable();
    setShown(nothing);
    void watchPayment({ backendUrl, publishableKey }, sessionId, {
      signal,
      onStatus: (status) => setShown({ status, refused: false }),
    }).then(({ end }) => {
      if (end === 'refused') setShown((before) => ({ ...before, refused: true }));
    });
    return abort;
  }, [backendUrl, publishableKey, sessionId]);
  return shown;
};

const stoppable = (): { signal: AbortSignal; abort: () => void } => {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};
