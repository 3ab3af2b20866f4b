/** `2026-05-15T10:25:11.000Z` */
export const isoMillis = (ms: number): string => new Date(ms).toISOString();

/** `2026-05-15T10:25:11Z` */
export const isoSeconds = (ms: number): string => isoMillis(ms).replace(/\.\d{3}Z$/, 'Z');

/** `2026-05-15T10:25:11+00:00`, as PHP's ATOM format writes it. */
export const isoOffset = (ms: number): string => isoMillis(ms).replace(/\.\d{3}Z$/, '+00:00');
