import { type Cell, notApplicable } from './cell.ts';

const shown = (cell: Cell): string => {
  if (cell.expected === notApplicable) return '–';
  const mark = cell.ok ? '✓' : '✗';
  const expected = cell.ok ? '' : ` (expected ${cell.expected})`;
  return `${mark} ${cell.actual}${expected} ${cell.ms} ms`;
};

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** gateway × story → order status and milliseconds, one block per platform and mode; then why a dash is a dash. */
export const renderTable = (cells: readonly Cell[]): string => {
  const gateways = unique(cells.map((cell) => cell.gateway));
  const width = Math.max(...gateways.map((gateway) => gateway.length));
  const lines: string[] = [];
  for (const block of unique(cells.map((cell) => `${cell.platform}, ${cell.mode}`))) {
    const inBlock = cells.filter((cell) => `${cell.platform}, ${cell.mode}` === block);
    lines.push('', block);
    for (const story of unique(inBlock.map((cell) => cell.story))) {
      lines.push('', `  ${story}`);
      for (const cell of inBlock.filter((candidate) => candidate.story === story)) {
        lines.push(`    ${cell.gateway.padEnd(width)}  ${shown(cell)}`);
      }
    }
  }
  const reasons = cells.filter((cell) => cell.reason !== undefined);
  if (reasons.length > 0) lines.push('', '– not applicable:');
  lines.push(...unique(reasons.map(({ gateway, story, reason }) => `  ${gateway}, ${story}: ${reason}`)));
  return lines.join('\n');
};
