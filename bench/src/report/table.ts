import { type Figure, rounded, rowOf } from './row.ts';

const headings = ['', 'unit', 'ours', 'other', 'ratio', 'quartiles of the ratio', 'target', 'met'];

const verdict = (target: string | null, ok: boolean): string => {
  if (target === null) return '';
  return ok ? 'yes' : 'NO';
};

const cellsOf = (figure: Figure): readonly string[] => {
  const { name, unit, ours, other, ratio, target, ok } = rowOf(figure);
  const spread = figure.spread?.map((value) => String(rounded(value))).join(' … ') ?? '';
  return [name, unit, String(ours), String(other), String(ratio), spread, target ?? '', verdict(target, ok)];
};

/** The figures as a Markdown table, as docs/performance.md has it. */
export const renderTable = (figures: readonly Figure[]): string => {
  const lines = [headings, ...figures.map(cellsOf)];
  const widths = headings.map((_, column) =>
    Math.max(3, ...lines.map((cells) => (cells[column] ?? '').length)),
  );
  const line = (cells: readonly string[], pad = ' '): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, pad)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(headings), rule, ...figures.map((figure) => line(cellsOf(figure)))].join('\n');
};
