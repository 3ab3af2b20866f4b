const start = '<!-- capabilities:start -->';
const end = '<!-- capabilities:end -->';

/** The page with the block between the markers replaced; undefined when it has no such block. */
export const withCapabilities = (page: string, table: string): string | undefined => {
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) return undefined;
  return `${page.slice(0, from + start.length)}\n\n${table}\n\n${page.slice(to)}`;
};
