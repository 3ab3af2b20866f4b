import { type Clock, seconds } from '../identity/clock.ts';

/** What a source answered; a reason is kebab-case and names no URL and no secret. */
export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export interface Answered<T> {
  readonly value: T;
  /** When the answer arrived, ms. */
  readonly at: number;
}

export interface LatestAnswerSettings<T> {
  readonly ask: () => Promise<Asked<T>>;
  readonly clock: Clock;
  /** Told why a call brought nothing, once per call. */
  readonly onFault?: (reason: string) => void;
}

/** A source that is down is not asked again by every checkout. */
const pauseMs = seconds(15);

/**
 * Keeps a source's last answer until `suffices` says that it is too old for the question. One call is under way at a
 * time, whoever waits for it, and none begins within 15 s of the last one's end. Never throws; a call that failed
 * leaves the last answer, which the caller judges by its age.
 */
export const createLatestAnswer = <T>({ ask, clock, onFault }: LatestAnswerSettings<T>) => {
  let latest: Answered<T> | undefined;
  let asking: Promise<void> | undefined;
  let endedAt: number | undefined;

  const askOnce = async (): Promise<void> => {
    // A port that broke its promise must not break a checkout.
    const asked = await ask().catch((): Asked<T> => ({ ok: false, reason: 'source-failed' }));
    endedAt = clock.now();
    asking = undefined;
    if (asked.ok) latest = { value: asked.value, at: endedAt };
    else onFault?.(asked.reason);
  };
  const mayAsk = (): boolean => endedAt === undefined || Math.abs(clock.now() - endedAt) >= pauseMs;

  return async (suffices: (answer: Answered<T>) => boolean): Promise<Answered<T> | undefined> => {
    if (latest !== undefined && suffices(latest)) return latest;
    if (asking === undefined && mayAsk()) asking = askOnce();
    await asking;
    return latest;
  };
};
