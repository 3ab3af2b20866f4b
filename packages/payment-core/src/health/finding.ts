/** What an owner should know about a set-up: cause, effect and remedy in words; `code` is stable (style.md, habit 7). */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly cause: string;
  readonly effect: string;
  readonly remedy: string;
}
