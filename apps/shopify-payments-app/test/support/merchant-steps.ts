import { domain, heading, picture, type Scene } from './browser-scene.ts';
import { formOf } from './merchant-pages.ts';

/** Through Shopify's admin. */
export const install = async ({ page }: Scene): Promise<void> => {
  await page.goto(`https://${domain}/admin/apps/app-client-id`);
  await page.getByRole('button', { name: 'Install' }).click();
  await heading(page, 'Overview').waitFor();
};

/** Fills the form of a gateway in with what the simulated one gave its merchant. */
export const fill = async (
  { page }: Scene,
  config: object,
  labels: Readonly<Record<string, string>>,
): Promise<void> => {
  const values = formOf(config);
  for (const [name, label] of Object.entries(labels)) await page.getByLabel(label).fill(values[name] ?? '');
};

export const connectCryptoPay = async (scene: Scene): Promise<void> => {
  const { world, page, go } = scene;
  const simulator = world.simulators.gateways['crypto-pay'];
  const { config, accountId } = simulator.createAccount({ testnet: true });
  await go('Accounts');
  await page.getByRole('link', { name: 'Crypto Pay' }).click();
  await heading(page, 'Connect Crypto Pay').waitFor();
  await fill(scene, config, { token: 'API token', baseUrl: 'Address of the API' });
  await picture(page, 'connect');
  await page.getByRole('button', { name: 'Connect' }).click();
  await page.getByText('The account is connected.').waitFor();
  simulator.setWebhookUrl(accountId, await page.getByLabel('Webhook address').inputValue());
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('takes the credentials').waitFor();
  await picture(page, 'account');
};

/** In the app, and in Shopify's settings in test mode. */
export const activate = async ({ page, go }: Scene): Promise<void> => {
  await go('Activation');
  await page.getByRole('button', { name: 'Activate' }).click();
  await page.getByText('Shopify knows that this shop can be paid.').waitFor();
  await picture(page, 'activation');
  await page.getByRole('link', { name: "Open Shopify's settings" }).click();
  await page.getByLabel('Test mode').check();
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByText('Active, in test mode').waitFor();
};

export const openApp = async ({ world, page }: Scene): Promise<void> => {
  await page.goto(`${world.app().publicUrl}/app`);
  await heading(page, 'Overview').waitFor();
};
