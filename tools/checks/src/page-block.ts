/**
 * The page with its generated block replaced: what stands between `<!-- name:start -->` and `<!-- name:end -->`.
 * Undefined when it has no such block.
 */
export const withBlock = (page: string, name: string, block: string): string | undefined => {
  const start = `<!-- ${name}:start -->`;
  const from = page.indexOf(start);
  const to = page.indexOf(`<!-- ${name}:end -->`);
  if (from < 0 || to < from) return undefined;
  return `${page.slice(0, from + start.length)}\n\n${block}\n\n${page.slice(to)}`;
};
