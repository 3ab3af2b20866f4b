import type { Route } from '../../kernel/http/router.ts';
import { type PageAction, type PayPageView, payPageRoutes } from '../../kernel/pay-page.ts';
import type { Shopper } from '../../kernel/shopper.ts';
import type { FoundPayment } from './shopper.ts';
import type { Payment } from './state.ts';
import { amountText } from './webhook.ts';

const stageOf = ({ collectible, completedAt, forwarded, status }: Payment): string => {
  if (collectible === undefined) return 'pending';
  if (completedAt === undefined) return status === 'pending' ? 'in transit' : 'received';
  return forwarded ? 'forwarded' : 'not forwarded';
};

const actionsOf = ({ operator, payment }: FoundPayment): readonly PageAction[] => {
  if (payment.collectible === undefined) {
    const choices = operator.collections.map(({ name }) => name);
    return [
      {
        action: 'pay',
        label: 'Send the collectible',
        inputs: [
          { name: 'collection', label: 'one of', choices },
          { name: 'forwarded', label: 'and have it forwarded', choices: ['yes', 'no'] },
        ],
      },
    ];
  }
  if (payment.completedAt === undefined)
    return [{ action: 'arrive', label: 'Let the chain confirm (moves the clock)' }];
  return payment.forwarded ? [] : [{ action: 'forward', label: 'Forward it to the treasury wallet' }];
};

const viewOf = (found: FoundPayment): PayPageView => {
  const { operator, payment } = found;
  const { collectible } = payment;
  return {
    paymentId: payment.id,
    gateway: 'the NFT gateway',
    title: `Pay ${operator.name} with a collectible`,
    status: stageOf(payment),
    facts: [
      ['Deposit address', payment.depositAddress],
      ...operator.collections.map(
        ({ name, price }) => [name, `${amountText(price, operator)} ${operator.currency}`] as const,
      ),
      ...(collectible === undefined
        ? []
        : [['Sent', `${collectible.collection.name}, ${collectible.nftAddress}`] as const]),
    ],
    actions: actionsOf(found),
  };
};

/** The checkout page. It leads nowhere: the gateway knows no return URL (NFT-12). */
export const checkoutPages = (
  find: (paymentId: string | undefined) => FoundPayment | undefined,
  shopper: Shopper,
): readonly Route[] =>
  payPageRoutes({
    path: '/pay/:id',
    shopper,
    view: ({ params }) => {
      const found = find(params.id);
      return found === undefined ? undefined : viewOf(found);
    },
  });
