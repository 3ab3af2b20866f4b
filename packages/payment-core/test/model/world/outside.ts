import type { ShopAct } from '../scenarios/scenario.ts';
import type { Choice } from '../search/choice.ts';
import { otherTotal, price } from './cast.ts';
import { changeInvoice, expireInvoices, type GatewayInvoice, setMessage } from './gateway-state.ts';
import { putOrder, type ShopOrder, shopOrder, tellShop } from './shop-state.ts';
import { type Stage, traitsOf } from './stage.ts';

type Outside = Extract<
  Choice,
  { do: 'decide' | 'lose' | 'arrive' | 'pay' | 'show' | 'confirm' | 'drop' | 'wait' }
>;

const decided = (order: ShopOrder, decision: ShopAct): ShopOrder => {
  switch (decision) {
    case 'cancel':
      return { ...order, status: 'cancelled', decided: 'cancelled' };
    case 'mark-paid':
      return { ...order, status: 'processing', decided: 'paid' };
    case 'change-total':
      return { ...order, total: otherTotal, decided: 'total' };
    case 'restore-total':
      return { ...order, total: price.amount, decided: 'total' };
    default: {
      const never: never = decision;
      return never;
    }
  }
};

const paymentChange = (act: 'pay' | 'show' | 'confirm' | 'drop', now: number): Partial<GatewayInvoice> => {
  switch (act) {
    case 'pay':
      return { state: 'paid', received: price, paidAt: now };
    case 'show':
      return { state: 'seen', received: price, paidAt: now };
    case 'confirm':
      return { state: 'paid' };
    case 'drop':
      return { state: 'unpaid', received: null, paidAt: null, dropped: true };
    default: {
      const never: never = act;
      return never;
    }
  }
};

const arrive = (stage: Stage, index: number): void => {
  const call = stage.shop.underWay[index];
  if (!call) throw new Error('model: no such call under way');
  const underWay = stage.shop.underWay.filter((_, at) => at !== index);
  stage.shop = tellShop({ ...stage.shop, underWay }, call, stage.scenario.design.shop).shop;
};

/** What happens outside the bridge: shoppers, the gateway, the network, the people of the shop, and time. */
export const changeOutside = (stage: Stage, choice: Outside): void => {
  switch (choice.do) {
    case 'decide':
      stage.shop = putOrder(stage.shop, decided(shopOrder(stage.shop, choice.order), choice.decision));
      break;
    case 'lose':
      stage.gateway = setMessage(stage.gateway, choice.message, 'lost');
      break;
    case 'arrive':
      arrive(stage, choice.call);
      break;
    case 'pay':
    case 'show':
    case 'confirm':
    case 'drop': {
      const change = paymentChange(choice.do, stage.now);
      stage.gateway = changeInvoice(stage.gateway, choice.invoice, change, choice.do !== 'drop');
      break;
    }
    case 'wait':
      stage.now = choice.until;
      break;
    default:
      choice satisfies never;
  }
  stage.gateway = expireInvoices(stage.gateway, stage.now, traitsOf(stage.scenario));
};
