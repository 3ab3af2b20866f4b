import { type PageId, type PageSnapshot, pageIdSchema, readPage } from '@gatewright/payment-core';
import type { Look } from '../look/look.ts';
import type { PayPagesParts } from './parts.ts';

/** A page that exists and may be shown here. */
export interface PageView {
  readonly snapshot: PageSnapshot;
  readonly look: Look;
}

/** Well-formed and of no page: 128 bits of nothing are as unlikely as any other guess. */
const nobodysPage: PageId = pageIdSchema.parse('A'.repeat(22));

/** The page's id, or one that leads nowhere: a malformed id takes the same way as an unknown one. */
export const pageIdOf = (text: string): PageId => {
  const id = pageIdSchema.safeParse(text);
  return id.success ? id.data : nobodysPage;
};

/** Unknown, malformed and past its retention are one answer, and so is a page of a store that is not served here. */
export const findPage = async (
  { ports, lookOf }: Pick<PayPagesParts, 'ports' | 'lookOf'>,
  id: PageId,
): Promise<PageView | undefined> => {
  const snapshot = await readPage(ports, id);
  if (snapshot === undefined) return undefined;
  const look = await lookOf(snapshot.store);
  return look === undefined ? undefined : { snapshot, look };
};
