/** What a path says at the places that its pattern names. */
export type Matched = Readonly<Record<string, string>>;

/** The longest part of a path that is anything of ours. */
const longest = 256;

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/**
 * Reads a path by a pattern such as `/v1/stores/:store/reviews`. Undefined where it has another form, or a part that no
 * name of ours could be.
 */
export const matchPath = (pattern: string, path: string): Matched | undefined => {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = given[index] ?? '';
    if (!want.startsWith(':')) {
      if (want !== part) return undefined;
      continue;
    }
    const value = decoded(part);
    if (value === undefined || value === '' || part.length > longest) return undefined;
    found[want.slice(1)] = value;
  }
  return found;
};
