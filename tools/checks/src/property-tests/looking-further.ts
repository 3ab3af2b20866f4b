/** What every property of a run does instead of what its test says. */
interface LookingFurther {
  readonly seed?: number;
  readonly numRuns?: number;
}

const wholeNumber = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${name} takes a whole number above 0`);
};

/**
 * `FC_SEED` draws other values, `FC_RUNS` more of them, in place of a test's own numbers too.
 * @param variables as in `process.env`
 * @throws Error for a value that is no whole number
 */
export const lookingFurther = (variables: Readonly<Record<string, string | undefined>>): LookingFurther => {
  const seed = wholeNumber('FC_SEED', variables.FC_SEED);
  const numRuns = wholeNumber('FC_RUNS', variables.FC_RUNS);
  return { ...(seed === undefined ? {} : { seed }), ...(numRuns === undefined ? {} : { numRuns }) };
};
