import type { Account, Finding } from '@gatewright/payment-core';
import type { MedusaSettings } from '../settings/medusa-settings.ts';
import type { SetupFinding } from './engine.ts';
import type { ShopProcess } from './processes.ts';

const ofShop = (finding: Finding): SetupFinding => ({ ...finding, account: null });

const noAccounts = ofShop({
  code: 'no-accounts',
  severity: 'error',
  cause: 'medusa-config has no Gatewright provider entry.',
  effect: 'Shoppers are offered no gateway.',
  remedy:
    "Add { resolve: '@gatewright/medusa-payment-provider/providers/gatewright', id: 'main', options: { gateway: '…' } } to the providers of the payment module, and enable it in a region.",
});

const noStorefronts = ofShop({
  code: 'storefront-urls-missing',
  severity: 'warning',
  cause: "The plugin's option storefrontUrls is empty.",
  effect:
    'A shopper who has paid is sent to this server, because a return address that the storefront names is only taken from that list.',
  remedy: "Set storefrontUrls to the addresses of the storefront, such as ['https://shop.example'].",
});

const localPublicUrl = ofShop({
  code: 'public-url-local',
  severity: 'warning',
  cause: "The plugin's option publicUrl is an address of this machine.",
  effect:
    'Gateways cannot send their webhooks here; payments are only found by asking for them, minutes later or not at all.',
  remedy: 'Set publicUrl to the https address under which the world reaches this server.',
});

const lockingInMemory = ofShop({
  code: 'locking-in-memory',
  severity: 'error',
  cause:
    'Several Medusa processes serve this shop, and at least one of them keeps its locks in its own memory.',
  effect: 'Two of them may complete the same cart at the same time: an order can be missing or made twice.',
  remedy:
    'Configure a locking module that all processes share: @medusajs/medusa/locking-redis or locking-postgres.',
});

const noWorker = ofShop({
  code: 'no-worker',
  severity: 'error',
  cause: 'This shop has processes in the worker mode "server" only.',
  effect: 'Webhooks are stored and answered, and nothing is done with them: paid orders are not made.',
  remedy: 'Start a process with MEDUSA_WORKER_MODE=worker, or run this one in the mode "shared".',
});

const otherMode = ({ id, mode }: Account, shop: string): SetupFinding => ({
  code: 'mode-mismatch',
  severity: 'error',
  cause: `The account is a ${mode} account, and the shop is ${shop}.`,
  effect: 'Payments cannot be started with it, so that test money never pays a live order.',
  remedy: `Give the entry ${shop} credentials, or set the plugin's option mode to '${mode}' where the whole shop is for trying out.`,
  account: id,
});

const isLocal = (url: string): boolean =>
  /^http:/.test(url) || /^https:\/\/(?:localhost|127\.|\[::1\])/.test(url);

const processFindings = (processes: readonly ShopProcess[]): readonly SetupFinding[] => {
  const several = processes.length > 1 || processes.some(({ workerMode }) => workerMode !== 'shared');
  const unshared = processes.some(({ sharedLocking }) => !sharedLocking);
  const works = processes.some(({ workerMode }) => workerMode !== 'server');
  return [...(several && unshared ? [lockingInMemory] : []), ...(works ? [] : [noWorker])];
};

/** What medusa-config and the living processes show by themselves; nobody is asked. */
export const judgeSetUp = (
  { accounts, store, storefrontUrls, publicUrl, sandbox }: MedusaSettings,
  processes: readonly ShopProcess[],
): readonly SetupFinding[] => [
  ...(accounts.length === 0 ? [noAccounts] : []),
  ...processFindings(processes),
  ...(storefrontUrls.length === 0 ? [noStorefronts] : []),
  ...(isLocal(publicUrl) && !sandbox ? [localPublicUrl] : []),
  ...accounts.filter(({ mode }) => mode !== store.mode).map((account) => otherMode(account, store.mode)),
];
