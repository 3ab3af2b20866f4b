/**
 * Computes a thing once for each configuration object, for as long as that object lives. A configuration is never
 * changed in place: an account that gets another one gets another object.
 */
export const perConfig = <Config extends object, T>(
  compute: (config: Config) => T,
): ((config: Config) => T) => {
  const known = new WeakMap<Config, { readonly value: T }>();
  return (config) => {
    const before = known.get(config);
    if (before !== undefined) return before.value;
    const value = compute(config);
    known.set(config, { value });
    return value;
  };
};
