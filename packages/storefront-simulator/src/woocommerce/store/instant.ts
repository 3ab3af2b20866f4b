/** WordPress keeps whole seconds; the double's site time zone is UTC, so local and GMT fields are equal. */
export const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** `2026-11-21T08:13:46`: how the REST API writes an instant, without a zone (woocommerce.md 2.4). */
export const restDate = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

export const restDateOrNull = (ms: number | null): string | null => (ms === null ? null : restDate(ms));
