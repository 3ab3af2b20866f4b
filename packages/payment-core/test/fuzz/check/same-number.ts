interface Exact {
  readonly digits: bigint;
  readonly scale: number;
}

const form = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

const exact = (text: string): Exact | undefined => {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  return { digits: BigInt(whole + fraction), scale: fraction.length - Number(exponent) };
};

const scaled = ({ digits, scale }: Exact, to: number): bigint => digits * 10n ** BigInt(to - scale);

/** Whether two texts are the same decimal number, on big integers and apart from big.js. */
export const sameNumber = (a: string | null, b: string | null): boolean => {
  const [left, right] = [exact(a ?? ''), exact(b ?? '')];
  if (left === undefined || right === undefined) return false;
  const scale = Math.max(left.scale, right.scale, 0);
  return scaled(left, scale) === scaled(right, scale);
};
