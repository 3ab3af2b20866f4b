/** What a figure has to reach. `of`: the ratio, or our own figure where the issue gives it in seconds or bytes. */
export interface Target {
  readonly of: 'ratio' | 'ours';
  readonly relation: '≥' | '>' | '≤' | '<';
  readonly value: number;
}

/** One figure beside another one of the same run. */
export interface Figure {
  /** What is compared with what. */
  readonly name: string;
  /** What both numbers count: "per s", "s", "MB", "requests". */
  readonly unit: string;
  readonly ours: number;
  readonly other: number;
  /** Null for what is only shown beside. */
  readonly target: Target | null;
  /** Quartiles of the ratio over the rounds; absent where the figure is a count that no machine changes. */
  readonly spread?: readonly [number, number];
  /** What a reader has to know beside the numbers. */
  readonly note?: string;
}

/** A line of the result. `target` is null for what is only shown beside; such a row is always ok. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly other: number;
  readonly ratio: number;
  readonly target: string | null;
  readonly ok: boolean;
  readonly note?: string;
}

const reaches = (value: number, { relation, value: wanted }: Target): boolean => {
  switch (relation) {
    case '≥':
      return value >= wanted;
    case '>':
      return value > wanted;
    case '≤':
      return value <= wanted;
    case '<':
      return value < wanted;
    default: {
      const never: never = relation;
      return never;
    }
  }
};

/** Four significant digits: no figure here is better than that. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

const targetText = ({ of, relation, value }: Target): string => `${of} ${relation} ${value}`;

/** Where a missed target is explained. */
const walls = 'docs/performance.md, Walls';

/** Judged by the exact numbers, shown rounded. */
export const rowOf = ({ name, unit, ours, other, target, note }: Figure): Row => {
  const ratio = ours / other;
  const ok = target === null || reaches(target.of === 'ratio' ? ratio : ours, target);
  const notes = [note, ok ? undefined : walls].filter((text) => text !== undefined).join('; ');
  return {
    name,
    unit,
    ours: rounded(ours),
    other: rounded(other),
    ratio: rounded(ratio),
    target: target === null ? null : targetText(target),
    ok,
    ...(notes === '' ? {} : { note: notes }),
  };
};
