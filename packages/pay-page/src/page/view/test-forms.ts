import type { Invoice } from '@gatewright/payment-core';
import { type Html, html } from '../../html/html.ts';
import { fill } from '../../language/fill.ts';
import { showMoney } from '../../language/show-money.ts';
import type { PageInput } from '../page-input.ts';
import { pageUrl } from './page-parts.ts';

/** What the field `action` of `POST {page}/test` says. */
export const testActions = ['pay', 'pay-less', 'cancel', 'expire'] as const;
export type TestAction = (typeof testActions)[number];

const labelOf = (input: PageInput, invoice: Invoice, action: TestAction): Html => {
  const { language } = input;
  switch (action) {
    case 'pay':
      return fill(language, 'testPay', { amount: showMoney(language, invoice.quoted ?? invoice.order) });
    case 'pay-less':
      return fill(language, 'testPayLess', {});
    case 'cancel':
      return fill(language, 'testCancel', {});
    case 'expire':
      return fill(language, 'testExpire', {});
    default: {
      const never: never = action;
      return never;
    }
  }
};

/** Plain forms, one button for each thing that a shopper can do. */
export const testForms = (input: PageInput, invoice: Invoice): Html =>
  html`<form class="ways" method="post" action="${pageUrl(input, '/test')}">${testActions.map(
    (action) =>
      html`<button class="${action === 'pay' ? 'button' : 'button plain'}" id="test-${action}" name="action" value="${action}">${labelOf(input, invoice, action)}</button>`,
  )}</form>`;
