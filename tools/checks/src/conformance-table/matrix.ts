/** One row of the battery, and whether this implementation has it. */
export interface Entry {
  readonly story: { readonly id: string; readonly title: string };
  /** True, or why not. */
  readonly applies: true | string;
}

export interface Column {
  readonly heading: string;
  readonly entries: readonly Entry[];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Story × implementation in Markdown. Reasons stand below the table, each one once, in the order of appearance. */
export const matrix = (columns: readonly Column[]): string => {
  const reasons: string[] = [];
  const numberOf = (reason: string): number => {
    if (!reasons.includes(reason)) reasons.push(reason);
    return reasons.indexOf(reason) + 1;
  };
  const cell = (entry: Entry | undefined): string => {
    if (entry === undefined) throw new Error('a column lacks a story');
    return entry.applies === true ? '✓' : `– (${numberOf(entry.applies)})`;
  };
  const rows = (columns[0]?.entries ?? []).map(({ story }) =>
    row([
      story.title,
      ...columns.map(({ entries }) => cell(entries.find((entry) => entry.story.id === story.id))),
    ]),
  );
  const table = [
    row(['story', ...columns.map(({ heading }) => heading)]),
    row(['---', ...columns.map(() => '---')]),
    ...rows,
  ].join('\n');
  if (reasons.length === 0) return table;
  return `${table}\n\n${reasons.map((reason, index) => `${index + 1}. ${reason}`).join('\n')}`;
};
