import { useCallback, useEffect, useRef, useState } from 'react';
import type * as z from 'zod';
import { type Answered, askBackend } from './backend.ts';

export interface Asked<T> {
  /** Undefined until the first answer; kept while the next one is under way. */
  readonly answer: Answered<T> | undefined;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Shows what another call has answered. */
  readonly show: (answer: Answered<T>) => void;
}

/** Reads an address of the plugin's admin API when the page is shown, and again when `path` or `again` changes. */
export const useAnswer = <T>(shape: z.ZodType<T>, path: string, again?: unknown): Asked<T> => {
  const [answer, show] = useState<Answered<T>>();
  const [loading, setLoading] = useState(true);
  const newest = useRef(0);
  const reload = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    setLoading(true);
    void askBackend(shape, path).then((found) => {
      // An older call that was overtaken shows nothing any more.
      if (newest.current !== mine) return;
      show(found);
      setLoading(false);
    });
  }, [shape, path]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` only says that something else has changed.
  useEffect(() => {
    reload();
    return () => {
      newest.current += 1;
    };
  }, [reload, again]);
  return { answer, loading, reload, show };
};
