import type { Finding } from '@gatewright/payment-core';
import type { AccountView } from '../accounts/account-view.ts';
import type { ShopAccounts } from '../accounts/shop-accounts.ts';
import type { MerchantDeps } from '../app.ts';
import { lastWebhookAt } from '../gateway-webhooks/webhook-sightings.ts';
import { apiVersion } from '../payments-api/client.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { shopifyCredentialsSchema } from '../tokens/credentials.ts';
import { certificateFindings } from './certificate-findings.ts';
import { countText } from './count.ts';
import { countAged } from './refund-queue.ts';
import { countExhausted } from './untold.ts';

type HealthDeps = Pick<MerchantDeps, 'env' | 'ports' | 'vault' | 'ledger' | 'sessions' | 'followUps'>;

const error = (code: string, cause: string, effect: string, remedy: string): Finding => ({
  ...{ code, cause, effect, remedy },
  severity: 'error',
});

const warning = (code: string, cause: string, effect: string, remedy: string): Finding => ({
  ...{ code, cause, effect, remedy },
  severity: 'warning',
});

const tokenMissing = error(
  'token-missing',
  'The app has no access to this shop, or its access has ended.',
  'Shopify cannot be told that payments are complete; buyers who have paid wait for their orders.',
  'Open the app once more from your Shopify admin.',
);

const tokenFindings = async (
  { vault, ports }: HealthDeps,
  { live }: ShopRow,
): Promise<readonly Finding[]> => {
  const read = shopifyCredentialsSchema.safeParse(await vault.storefrontCredentials(live));
  return read.success && ports.clock.now() < read.data.refreshExpiresAt ? [] : [tokenMissing];
};

const noAccount = error(
  'no-account',
  'No gateway account is switched on.',
  'Buyers who choose this payment method cannot pay.',
  'Connect an account.',
);

const noAccountYet: Finding = {
  ...noAccount,
  severity: 'info',
  cause: 'No gateway account is connected yet.',
  effect: 'The payment method cannot be activated.',
};

const onlyTest = warning(
  'only-test-accounts',
  'Only test accounts are connected.',
  'Test orders can be paid, live ones cannot.',
  'Keep the payment method in test mode in Shopify, or connect a live account.',
);

const notReady = warning(
  'not-activated',
  'Shopify has not been told that this shop can be paid.',
  'The payment method cannot be switched on in Shopify.',
  'Activate it on the page Activation.',
);

const accountFindings = (accounts: readonly AccountView[], { ready }: ShopRow): readonly Finding[] => {
  const enabled = accounts.filter((account) => account.enabled);
  if (enabled.length === 0) return [ready ? noAccount : noAccountYet];
  const broken = enabled.filter(({ trouble }) => trouble !== null);
  return [
    ...(ready ? [] : [notReady]),
    ...(enabled.some(({ mode }) => mode === 'live') ? [] : [onlyTest]),
    ...broken.map(({ title, id, trouble }) =>
      warning(
        'account-in-trouble',
        `${title} (${id}) did not work when it was last asked (${trouble}).`,
        'Buyers are not offered it.',
        'Check the account, and enter its credentials again if they were refused.',
      ),
    ),
  ];
};

const versionFindings = ({ extensionVersion }: ShopRow): readonly Finding[] =>
  extensionVersion === null || extensionVersion === apiVersion
    ? []
    : [
        warning(
          'extension-version',
          `The payments extension is configured for ${extensionVersion}, and the app speaks ${apiVersion}.`,
          'Shopify can refuse what the app tells it.',
          `Deploy the extension with api_version ${apiVersion}.`,
        ),
      ];

/** Money came in over an account whose webhooks have never arrived: it was found by asking, minutes later. */
const webhookFindings = async (
  { sessions, ports, ledger }: HealthDeps,
  shop: ShopRow,
  accounts: readonly AccountView[],
): Promise<readonly Finding[]> => {
  const recent = await sessions.ofShop(shop.domain, undefined, 25);
  const paid = await ports.ledger.transact(async (tx) => {
    const used = new Set<string>();
    for (const { store, group } of recent)
      for (const { account, status } of await tx.invoices.ofOrder(store, group))
        if (status === 'settled') used.add(account);
    return used;
  });
  const byHand = accounts.filter(
    ({ enabled, webhookUrl, id }) => enabled && webhookUrl !== null && paid.has(id),
  );
  const found: Finding[] = [];
  for (const { id, title, webhookUrl } of byHand)
    if ((await lastWebhookAt(ledger, id)) === null)
      found.push(
        warning(
          'webhook-not-seen',
          `${title} (${id}) has been paid over, and no webhook of it has arrived.`,
          'Payments are only found by asking, minutes later; buyers wait for that long.',
          `Enter ${webhookUrl} as the webhook address at ${title}.`,
        ),
      );
  return found;
};

const queueFindings = async (deps: HealthDeps, shop: ShopRow): Promise<readonly Finding[]> => {
  const { followUps, ports } = deps;
  const aged = await countAged(followUps, shop, ports.clock.now());
  const dead = await countExhausted(deps, shop);
  return [
    ...(aged.counted === 0
      ? []
      : [
          warning(
            'refunds-waiting',
            `${countText(aged)} refunds wait for you for more than three days.`,
            'Shopify shows them as pending, and their buyers wait for their money.',
            'Pay them back and approve them, or decline them.',
          ),
        ]),
    ...(dead.counted === 0
      ? []
      : [
          error(
            'shopify-untold',
            `Shopify could not be told ${countText(dead)} results for about a day.`,
            'Orders there do not show what was paid.',
            'Look at the page Not told, and try again once its cause is mended.',
          ),
        ]),
  ];
};

/** What the owner should know about this shop's set-up; errors first. */
export const shopFindings = async (
  deps: HealthDeps,
  accounts: ShopAccounts,
  shop: ShopRow,
): Promise<readonly Finding[]> => {
  const list = await accounts.list();
  const found = [
    ...(await tokenFindings(deps, shop)),
    ...accountFindings(list, shop),
    ...(await queueFindings(deps, shop)),
    ...(await webhookFindings(deps, shop, list)),
    ...versionFindings(shop),
    ...(await certificateFindings(deps.env.sessionGate, deps.ports.clock.now())),
  ];
  return found.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
};
