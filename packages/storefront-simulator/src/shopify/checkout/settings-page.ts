import { form, type HttpCall, type ServedAnswer, seeOther } from '../http/call.ts';
import type { ActivationOutcome } from '../people/merchant.ts';
import { deployedApp, type Platform, type ShopState } from '../store/platform.ts';
import { escapeHtml, page } from './html.ts';

export const settingsPath = (apiKey: string): string =>
  `/services/payments_partners/gateways/${encodeURIComponent(apiKey)}/settings`;

/** Shows the gateway in the checkout; the app must have said that it is ready (shopify.md 2.10). */
export const activate = (platform: Platform, shop: ShopState, testMode: boolean): ActivationOutcome => {
  const { installation } = shop;
  if (installation === undefined) return { ok: false, reason: 'not-installed' };
  if (installation.configuration?.ready !== true) return { ok: false, reason: 'not-ready' };
  if (testMode && deployedApp(platform).extension.testModeAvailable === false)
    return { ok: false, reason: 'no-test-mode' };
  installation.active = true;
  installation.testMode = testMode;
  return { ok: true };
};

export const deactivate = ({ installation }: ShopState): void => {
  if (installation !== undefined) installation.active = false;
};

const REFUSALS: Readonly<Record<Extract<ActivationOutcome, { ok: false }>['reason'], string>> = {
  'not-installed': 'The app is not installed.',
  'not-ready': 'The app is not ready: finish its set-up first.',
  'no-test-mode': 'The app has no test mode.',
};

const settingsPage = ({ installation }: ShopState, problem?: string): ServedAnswer => {
  const active = installation?.active === true;
  const handle = installation?.configuration?.externalHandle ?? 'not connected';
  return page(
    problem === undefined ? 200 : 422,
    'Payment provider',
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<p>Account: ${escapeHtml(handle)}</p>
<p data-active="${active}">${active ? `Active${installation.testMode ? ', in test mode' : ''}` : 'Not active'}</p>
<form method="post"><label><input type="checkbox" name="test_mode" value="1"${installation?.testMode === true ? ' checked' : ''}> Test mode</label>
<button name="action" value="activate">Activate</button>
<button name="action" value="deactivate">Deactivate</button></form>`,
  );
};

/** The merchant's page of one gateway, where it is switched on and off and into test mode. */
export const serveSettings = (platform: Platform, shop: ShopState, call: HttpCall): ServedAnswer => {
  if (platform.app === undefined || call.path !== settingsPath(platform.app.apiKey))
    return page(404, 'Not found', '<p>No such payment provider.</p>');
  if (call.method !== 'POST') return settingsPage(shop);
  const fields = form(call);
  if (fields.get('action') === 'deactivate') {
    deactivate(shop);
    return seeOther(call.path);
  }
  const outcome = activate(platform, shop, fields.get('test_mode') === '1');
  return outcome.ok ? seeOther(call.path) : settingsPage(shop, REFUSALS[outcome.reason]);
};
