import { type Host, say } from './host.ts';

/** Names and details come from shops and gateways: a terminal must not obey what is in them. */
export const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');

/** Rows in columns, the first row the headings; nothing at all when there are no others. */
export const tableLines = (rows: readonly (readonly string[])[]): readonly string[] => {
  if (rows.length < 2) return [];
  const cells = rows.map((row) => row.map(printable));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};

export const printTable = (host: Host, rows: readonly (readonly string[])[]): void => {
  for (const line of tableLines(rows)) say(host, line);
};

export const printJsonLines = (host: Host, rows: readonly unknown[]): void => {
  for (const row of rows) say(host, JSON.stringify(row));
};

export const isoTime = (ms: number): string => new Date(ms).toISOString();
