const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Reads `30m`, `24h` or `7d`, at most ten years. @returns milliseconds */
export const parseDuration = (text: string): number | undefined => {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count === undefined || (unit !== 'm' && unit !== 'h' && unit !== 'd')) return undefined;
  const ms = Number(count) * units[unit];
  return ms > 0 && ms <= 3_650 * units.d ? ms : undefined;
};

/** The shortest exact writing, in seconds where it is no whole number of minutes. */
export const durationText = (ms: number): string => {
  for (const unit of ['d', 'h', 'm'] as const) {
    // A day is written as 24h and an hour as 60m: short times read more easily in the smaller unit.
    const whole = ms / units[unit];
    if (Number.isInteger(whole) && whole > 1) return `${whole}${unit}`;
  }
  return ms % units.m === 0 ? `${ms / units.m}m` : `${Math.round(ms / 1_000)}s`;
};
