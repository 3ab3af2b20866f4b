import type { Route } from '../../kernel/http/router.ts';
import { isoSeconds } from '../../kernel/instant.ts';
import { type PageAction, type PayPageView, payPageRoutes } from '../../kernel/pay-page.ts';
import type { Shopper } from '../../kernel/shopper.ts';
import { dollars } from './payment-wire.ts';
import { type Session, type SessionStatus, sessionStatus } from './state.ts';

const actionsOf = (session: Session, status: SessionStatus): readonly PageAction[] => {
  const price = `${dollars(session.amount)} USD`;
  const amount = { name: 'amount', label: 'amount in USD', value: '' };
  switch (status) {
    case 'open':
      return [
        { action: 'pay', label: `Pay ${price}` },
        { action: 'underpay', label: 'Pay less', inputs: [amount] },
        { action: 'overpay', label: 'Pay more', inputs: [amount] },
        { action: 'pay', label: `Open it now, pay ${price} after it has expired`, late: true },
        { action: 'expire', label: 'Let it expire (moves the clock)' },
      ];
    case 'completed':
    case 'expired':
      return [];
  }
};

const viewOf = (session: Session, now: number): PayPageView => {
  const status = sessionStatus(session, now);
  return {
    paymentId: session.token,
    gateway: 'Gatenoc',
    title: `Pay ${dollars(session.amount)} USD`,
    status,
    facts: [
      ['Note', session.note ?? 'none'],
      ['Valid until', isoSeconds(session.expiresAt)],
      ...session.payments.map(({ total }) => ['Received', `${dollars(total)} USD`] as const),
    ],
    actions: actionsOf(session, status),
    back:
      status === 'completed' && session.successUrl !== undefined
        ? { label: 'Back to the shop', url: session.successUrl }
        : undefined,
  };
};

export const checkoutPages = (
  find: (token: string) => Session | undefined,
  now: () => number,
  shopper: Shopper,
): readonly Route[] =>
  payPageRoutes({
    path: '/checkout',
    shopper,
    view: ({ query }) => {
      const session = find(query.get('cs') ?? '');
      return session === undefined ? undefined : viewOf(session, now());
    },
  });
