import type { HttpClient, HttpOutcome, HttpRequest } from '@gatewright/payment-core';

type Send = () => Promise<HttpOutcome>;
type Interception = (send: Send) => Promise<HttpOutcome>;

/** An answer that is on its way and does not arrive until it is let go. */
export interface HeldAnswer {
  /** Resolves when the server has answered. */
  readonly answered: Promise<void>;
  release(): void;
}

/** The line between an adapter and its gateway, and what can be wrong with it. One fault each, for the next call. */
export interface Wire {
  readonly http: HttpClient;
  /** Every call the adapter tried to make. */
  readonly calls: readonly HttpRequest[];
  /** No call leaves until `mend`. */
  cut(): void;
  mend(): void;
  /** The next call takes effect and its answer is lost; `meanwhile` is what else happens to the line. */
  loseAnswer(meanwhile?: () => void): void;
  /** Something happens after the next call took effect and before its answer arrives. */
  beforeAnswer(happens: () => Promise<void>): void;
  holdAnswer(): HeldAnswer;
}

const gate = (): { readonly opened: Promise<void>; open(): void } => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

/** @param isMeant which call a fault is for; an adapter may ask for an access token first */
export const createWire = (http: HttpClient, isMeant: (request: HttpRequest) => boolean): Wire => {
  const calls: HttpRequest[] = [];
  const waiting: Interception[] = [];
  let isCut = false;
  return {
    calls,
    http: async (request) => {
      calls.push(request);
      if (isCut) return { outcome: 'unavailable', reason: 'not-sent' };
      const interception = isMeant(request) ? waiting.shift() : undefined;
      return interception ? interception(() => http(request)) : http(request);
    },
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
    loseAnswer: (meanwhile = () => undefined) => {
      waiting.push(async (send) => {
        await send();
        meanwhile();
        return { outcome: 'ambiguous', reason: 'timeout-after-send' };
      });
    },
    beforeAnswer: (happens) => {
      waiting.push(async (send) => {
        const answer = await send();
        await happens();
        return answer;
      });
    },
    holdAnswer: () => {
      const answered = gate();
      const released = gate();
      waiting.push(async (send) => {
        const answer = await send();
        answered.open();
        await released.opened;
        return answer;
      });
      return { answered: answered.opened, release: released.open };
    },
  };
};
