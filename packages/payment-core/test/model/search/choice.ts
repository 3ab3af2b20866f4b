import type { Outcome } from '../process/port-call.ts';
import type { ReviewAct, ShopAct } from '../scenarios/scenario.ts';

/** One thing that can happen next. `cost` is what it takes of the scenario's faults. */
export type Choice =
  | { readonly do: 'step'; readonly process: number; readonly outcome: Outcome; readonly cost: 0 | 1 }
  | { readonly do: 'work' | 'poll'; readonly cost: 0 }
  | { readonly do: 'deliver'; readonly message: string; readonly cost: 0 | 1 }
  | { readonly do: 'lose'; readonly message: string; readonly cost: 1 }
  | { readonly do: 'crash'; readonly process: number; readonly cost: 1 }
  | { readonly do: 'power-cut'; readonly cost: 1 }
  | { readonly do: 'arrive'; readonly call: number; readonly cost: 0 }
  | { readonly do: 'pay' | 'show' | 'confirm' | 'drop'; readonly invoice: string; readonly cost: 0 }
  | { readonly do: 'refund'; readonly planned: number; readonly cost: 0 }
  | { readonly do: 'checkout'; readonly planned: number; readonly cost: 0 }
  | {
      readonly do: 'decide';
      readonly order: string;
      readonly decision: ShopAct;
      readonly cost: 0;
    }
  | { readonly do: 'resolve'; readonly review: string; readonly decision: ReviewAct; readonly cost: 0 }
  | { readonly do: 'wait'; readonly until: number; readonly cost: 0 | 1 };
