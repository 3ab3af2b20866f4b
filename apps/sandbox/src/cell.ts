/** One gateway × story, as `npm run demo -- --json` prints it. */
export interface Cell {
  readonly platform: string;
  readonly mode: string;
  readonly gateway: string;
  readonly story: string;
  readonly expected: string;
  readonly actual: string;
  readonly ok: boolean;
  readonly ms: number;
  /** Why a gateway cannot have this story. */
  readonly reason?: string;
}

export const notApplicable = 'not-applicable';

export interface Summary {
  readonly cells: readonly Cell[];
  readonly passed: number;
  readonly failed: number;
}

export const summarize = (cells: readonly Cell[]): Summary => ({
  cells,
  passed: cells.filter((cell) => cell.ok).length,
  failed: cells.filter((cell) => !cell.ok).length,
});
