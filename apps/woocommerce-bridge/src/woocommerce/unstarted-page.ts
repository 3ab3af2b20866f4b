import type { OrderKey, PageRow, Ports, StoreId } from '@gatewright/payment-core';

type PagePorts = Pick<Ports, 'ledger' | 'directory' | 'clock'>;

/** The page of an order for which no payment was ever started: the ledger has no row of the order yet. */
export const unstartedPage = (
  { ledger }: PagePorts,
  store: StoreId,
  orderKey: OrderKey,
): Promise<PageRow | undefined> =>
  ledger.transact(async (tx) => {
    const [page] = await tx.pages.ofOrder(store, orderKey);
    return page && !(await tx.orders.byKey(store, orderKey)) ? page : undefined;
  });

/** From now on the page says that the order is over, until the shop asks for its payment again. */
export const endPage = ({ ledger, directory, clock }: PagePorts, page: PageRow): Promise<void> =>
  ledger.transact(async (tx) => {
    const { store, orderKey, amount } = page;
    const owner = await directory.store(store);
    if (!owner || (await tx.orders.byKey(store, orderKey))) return;
    const row = { store, orderKey, mode: owner.mode, total: amount, deadline: clock.now() };
    await tx.orders.put({ ...row, state: 'ended' });
  });
