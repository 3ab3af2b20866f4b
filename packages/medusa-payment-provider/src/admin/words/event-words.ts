import { invoiceShape } from '../../api/admin/gatewright/shapes.ts';
import { kindWords } from './kind-words.ts';
import { statusWords } from './status-words.ts';

const told: Readonly<Record<string, string>> = {
  settle: 'Medusa booked the payment',
  hold: 'Medusa was told to wait',
  cancel: 'Medusa was told that the payment is over',
  fail: 'Medusa was told that the payment failed',
  note: 'Medusa was told',
};

const refunds: Readonly<Record<string, string>> = {
  done: 'Refund made',
  accepted: 'Refund accepted by the gateway',
  refused: 'Refund refused',
  unknown: 'Refund sent, its answer was lost',
};

const others: Readonly<Record<string, string>> = {
  'create unanswered': 'The gateway did not answer',
  'refund recorded in the shop': 'Refund recorded in Medusa',
  'settle not told': 'Medusa was not told',
};

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

/** "a → b" of our two statuses: what is new is said, and nothing where only the details changed. */
const moved = (event: string): string | undefined => {
  const [before, after] = event.split(' → ');
  const status = invoiceShape.shape.status.safeParse(after);
  if (!status.success) return undefined;
  return before === after ? 'News from the gateway' : statusWords(status.data).text;
};

/** What the gateway said, without our name of the way it came (`api "paid": paid in full.`). */
export const detailWords = (detail: string): string => {
  const [, said, because] = /^[\w-]+ "([^"]*)": (.*)$/s.exec(detail) ?? [];
  return said === undefined || because === undefined
    ? detail
    : `${sentence(because)} The gateway said "${said}".`;
};

/** One line of a timeline in an owner's words; a line that this page does not know is shown as it is. */
export const eventWords = (event: string): string => {
  const status = moved(event);
  if (status !== undefined) return status;
  const [, instruction = '', fate] = /^(\w+) (told to|refused by) the shop$/.exec(event) ?? [];
  if (fate === 'told to') return told[instruction] ?? event;
  if (fate === 'refused by') return 'Medusa refused it';
  const [, outcome = ''] = /^refund (\w+)$/.exec(event) ?? [];
  if (refunds[outcome] !== undefined) return refunds[outcome];
  const [, kind] = /^review resolved: (\w+)$/.exec(event) ?? [];
  return kind === undefined ? (others[event] ?? event) : `Decided: ${kindWords(kind)}`;
};
