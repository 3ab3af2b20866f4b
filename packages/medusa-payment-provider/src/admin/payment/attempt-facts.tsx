import { Copy } from '@medusajs/ui';
import type { InvoiceView } from '../../api/admin/gatewright/shapes.ts';
import { moneyText, timeText } from '../words/amounts-and-times.ts';
import { kindWords } from '../words/kind-words.ts';
import { Fact, FactList } from './fact-list.tsx';

const short = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id);

/** That a person has to decide is said by the item that waits for it. */
const unusualWords = ({ exceptions }: InvoiceView): string =>
  exceptions
    .filter((each) => each !== 'review')
    .map((each) => kindWords(each))
    .join('; ');

const Transaction = ({ id, link }: { readonly id: string; readonly link: string | null }) => (
  <span className="flex items-center gap-x-1">
    {link === null ? (
      <span title={id}>{short(id)}</span>
    ) : (
      <a href={link} target="_blank" rel="noreferrer" title={id} className="text-ui-fg-base underline">
        {short(id)}
      </a>
    )}
    <Copy content={id} variant="mini" aria-label="Copy the transaction" className="text-ui-fg-muted" />
  </span>
);

const Amounts = ({ invoice }: { readonly invoice: InvoiceView }) => {
  const { amount, asked, received, difference, refunded } = invoice;
  return (
    <>
      <Fact name="Order">{moneyText(amount)}</Fact>
      {asked && <Fact name="Asked for">{moneyText(asked)}</Fact>}
      {received && <Fact name="Received">{moneyText(received)}</Fact>}
      {difference && (
        <Fact name={difference.kind === 'missing' ? 'Missing' : 'Too much'}>{moneyText(difference)}</Fact>
      )}
      {refunded && <Fact name="Sent back">{moneyText(refunded)}</Fact>}
    </>
  );
};

/** What is known of one attempt to pay. */
export const AttemptFacts = ({ invoice }: { readonly invoice: InvoiceView }) => {
  const { network, method, transaction, transaction_url, confirmations } = invoice;
  const unusual = unusualWords(invoice);
  const { title, gateway_payment, status, expires_at, settled_at, last_read_at } = invoice;
  return (
    <FactList>
      <Fact name="Gateway">{title}</Fact>
      {unusual !== '' && <Fact name="Unusual">{unusual}</Fact>}
      <Amounts invoice={invoice} />
      {(network ?? method) !== null && <Fact name="Network">{network ?? method}</Fact>}
      {transaction !== null && (
        <Fact name="Transaction">
          <Transaction id={transaction} link={transaction_url} />
        </Fact>
      )}
      {confirmations && (
        <Fact name="Confirmations">
          {confirmations.received} of {confirmations.required}
        </Fact>
      )}
      {gateway_payment !== null && <Fact name="Payment at the gateway">{gateway_payment}</Fact>}
      {status === 'open' && <Fact name="To be paid until">{timeText(expires_at)}</Fact>}
      {settled_at !== null && <Fact name="Paid at">{timeText(settled_at)}</Fact>}
      {last_read_at !== null && <Fact name="Gateway asked at">{timeText(last_read_at)}</Fact>}
    </FactList>
  );
};
