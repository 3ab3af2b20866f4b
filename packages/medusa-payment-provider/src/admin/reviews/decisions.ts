import type { PaymentView, ResolveBody, ReviewAnswerItem } from '../../api/admin/gatewright/shapes.ts';

export type Decision = ResolveBody['decision'];

export interface Choice {
  readonly decision: Decision;
  readonly label: string;
  readonly means: string;
}

const accept: Choice = {
  decision: 'accept',
  label: 'Accept it as paid',
  means: 'The order counts as paid. It is made or booked in Medusa if its total is still the amount below.',
};

const sentBack: Choice = {
  decision: 'refund-noted',
  label: 'I have sent the money back',
  means: 'You sent it yourself. Nothing is sent now; it is recorded, and the order stays as it is.',
};

const ignore: Choice = {
  decision: 'ignore',
  label: 'Nothing is to be done',
  means: 'Nothing is owed to anybody. The item is closed.',
};

/** Money that belongs to no attempt, or to an order that is paid already, cannot pay an order. */
export const choicesFor = (
  { invoice }: Pick<ReviewAnswerItem, 'invoice'>,
  payment: Pick<PaymentView, 'paid'> | null,
): readonly Choice[] => [...(invoice !== null && payment?.paid === false ? [accept] : []), sentBack, ignore];

export interface Draft {
  readonly decision: Decision | undefined;
  readonly amount: string;
  /** Only asked for where no order names it. */
  readonly currency: string;
  readonly reason: string;
}

/** Undefined while something is missing. */
export const bodyOf = (
  { decision, amount, currency, reason }: Draft,
  orderKnown: boolean,
): ResolveBody | undefined => {
  const why = reason.trim();
  if (decision === undefined || why === '') return undefined;
  if (decision === 'ignore') return { decision, reason: why };
  if (amount === '' || (!orderKnown && currency === '')) return undefined;
  return { decision, amount, reason: why, ...(orderKnown ? {} : { currency }) };
};
