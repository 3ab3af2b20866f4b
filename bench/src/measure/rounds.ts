/** Measures once; answers a figure that is better when it is larger, or smaller, as the caller knows. */
export type Contestant = () => number | Promise<number>;

export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Interleaved rounds, ABAB: what the machine does meanwhile meets all contestants alike. Each round begins with
 * another one, so that nobody always runs in the same one's wake.
 */
export const interleave = async <Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds: number,
): Promise<Samples<Name>> => {
  // The keys of a record are its key type's values.
  const names = Object.keys(contestants) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length];
      if (name !== undefined) samples[name].push(await contestants[name]());
    }
  }
  return samples;
};

/** Linear between neighbours. @throws RangeError for no samples: a bug of the caller */
const quantile = (samples: readonly number[], q: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new RangeError('quantile: no samples');
  return low + (high - low) * (at - Math.floor(at));
};

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

export interface Compared {
  readonly ours: number;
  readonly other: number;
  readonly spread: readonly [number, number];
}

/** Medians of both, and the quartiles of the ratio round by round. */
export const compare = (ours: readonly number[], other: readonly number[]): Compared => {
  const ratios = ours.flatMap((value, round) => {
    const beside = other[round];
    return beside === undefined ? [] : [value / beside];
  });
  return {
    ours: median(ours),
    other: median(other),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
};
