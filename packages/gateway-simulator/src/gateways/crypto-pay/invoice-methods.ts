import * as z from 'zod';
import { createInvoice, createInvoiceSchema } from './create-invoice.ts';
import { invoiceWire } from './invoice-wire.ts';
import { type Method, method, result } from './methods.ts';
import { list, paging, text } from './parameter-schemas.ts';
import { failure } from './parameters.ts';
import { type App, type Invoice, statusOf } from './state.ts';

const getInvoicesSchema = z
  .object({ asset: list, fiat: text, invoice_ids: list, status: text, ...paging })
  .superRefine((given, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', message });
    // CP-7: there is no filter for expired ones.
    if (given.status !== undefined && !['active', 'paid'].includes(given.status)) refuse('STATUS_INVALID');
    if (given.invoice_ids?.every((id) => /^\d{1,19}$/.test(id)) === false) refuse('INVOICE_IDS_INVALID');
  });

type Filters = z.output<typeof getInvoicesSchema>;

const matches = (invoice: Invoice, filters: Filters, now: number): boolean =>
  (filters.asset === undefined || filters.asset.includes(invoice.currency)) &&
  (filters.fiat === undefined || filters.fiat === invoice.currency) &&
  (filters.status === undefined || filters.status === statusOf(invoice, now));

/** Newest first. Looked up by id where ids are given, so that a long history costs nothing. */
const candidates = ({ invoices }: App, ids: readonly string[] | undefined): readonly Invoice[] => {
  if (ids === undefined) return [...invoices.values()].reverse();
  const named = [...new Set(ids)].flatMap((id) => invoices.get(id) ?? []);
  return named.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
};

/** The app's own invoices only; another app's ids are simply absent. Newest first (assumption). */
const getInvoices = method(
  () => getInvoicesSchema,
  ({ network, app, now }, filters) => {
    const { offset = 0, count = 100 } = filters;
    const items = candidates(app, filters.invoice_ids).filter((invoice) => matches(invoice, filters, now));
    return result({
      items: items.slice(offset, offset + count).map((invoice) => invoiceWire(network, invoice, now)),
    });
  },
);

/** A deleted invoice vanishes from every list (CP-7); a paid one stays (assumption). */
const deleteInvoice = method(
  () => z.object({ invoice_id: z.string('INVOICE_ID_INVALID').regex(/^\d{1,19}$/, 'INVOICE_ID_INVALID') }),
  ({ app }, given) => {
    const invoice = app.invoices.get(given.invoice_id);
    if (invoice === undefined) return failure('INVOICE_NOT_FOUND');
    if (invoice.payment !== undefined) return failure('INVOICE_ALREADY_PAID');
    app.invoices.delete(invoice.id);
    return result(true);
  },
);

export const invoiceMethods: Readonly<Record<string, Method>> = {
  createInvoice: method(
    ({ testnet }) => createInvoiceSchema(testnet),
    (call, given) => {
      const created = createInvoice(call, given);
      return created.ok ? result(invoiceWire(call.network, created.result, call.now)) : created;
    },
  ),
  getInvoices,
  deleteInvoice,
};
