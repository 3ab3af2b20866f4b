import type { Input } from '../input/input.ts';

export type ViolationKind =
  /** It threw; a stranger would have had a 500. */
  | 'threw'
  /** Accepted although nobody signed it, or although it is late, of another merchant or contradicted. */
  | 'accepted-unsigned'
  /** A refusal that names a payment worth a read, for what nobody signed. */
  | 'hint-unsigned'
  /** Genuine and unspoilt, and refused. */
  | 'refused-genuine'
  /** A fact that says something else than the signed body, or more than what is signed. */
  | 'fact-differs'
  /** A fact or a key that cannot be stored. */
  | 'fact-unstorable'
  /** Two answers to the same request. */
  | 'not-pure'
  /** Above the cap in every one of several tries. */
  | 'slow'
  /** The inbox answered or stored something else than the verdict says. */
  | 'inbox-differs';

/** One broken promise, with what it takes to see it again. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly detail: string;
  readonly gateway: string;
  /** Counted from 0; the same seed draws the same input at this place. */
  readonly input: number;
  readonly shape: string;
  readonly mutators: readonly string[];
  readonly request: Input;
}

export type Fault = Pick<Violation, 'kind' | 'detail'>;
