/** Exceptions of an attempt and kinds of review items share one list; the shop's server may know more than this page. */
const known: Readonly<Record<string, string>> = {
  underpaid: 'Too little was paid',
  overpaid: 'Too much was paid',
  late: 'Paid after the time had run out',
  wrong_asset: 'Paid in another asset',
  amount_mismatch: 'The amount does not match',
  currency_mismatch: 'The currency does not match',
  reference_mismatch: 'The reference does not match',
  duplicate_payment: 'Paid twice',
  reorged: 'The blockchain has taken the payment back',
  review: 'A person has to decide',
  adopted: 'Found at the gateway after its answer was lost',
  marked: 'Decided by a person',
  unmatched: 'Money that belongs to no order',
  unknown_status: 'The gateway used a status that is not known',
  contradiction: 'The gateway contradicts itself',
  no_news: 'No news from the gateway',
  absent_at_gateway: 'The gateway does not know the payment',
  storefront_refused: 'The order could not be paid in Medusa',
  storefront_unreachable: 'Medusa could not be told',
  order_changed: 'The order was changed after it was paid',
  event_failed: 'A message of the gateway could not be used',
  job_failed: 'Work was given up',
  create_ambiguous: 'It is not known whether a payment was created',
  refund_unknown: 'It is not known whether a refund was sent',
  refund_due: 'A refund is due',
};

/** What is unusual about a payment, or why an item waits for a person. */
export const kindWords = (kind: string): string => known[kind] ?? kind.replaceAll('_', ' ');
