import type { SettingsAnswer } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import type { EntryAccount } from '../settings/medusa-settings.ts';
import { instantOrNull } from './shown.ts';

type AccountView = SettingsAnswer['settings']['accounts'][number];

const accountView = async (
  { ports, arrivals }: MedusaEngine,
  account: EntryAccount,
): Promise<AccountView> => {
  const gateway = ports.gateway(account.gateway);
  const last = await arrivals.of(account.id);
  return {
    id: account.id,
    entry: account.entry,
    gateway: account.gateway,
    title: gateway?.title ?? account.gateway,
    mode: account.mode,
    enabled: account.enabled,
    webhook_url: ports.webhookUrl(account),
    webhook_per_invoice: gateway?.capabilities.perInvoiceWebhook ?? false,
    refunds: gateway?.capabilities.refund ?? 'none',
    can_be_read: (gateway?.capabilities.poll ?? 'none') !== 'none',
    methods: [...(gateway?.methodsOf(account.config) ?? [])],
    last_webhook: last
      ? {
          taken_at: instantOrNull(last.takenAt),
          refused_at: instantOrNull(last.refusedAt),
          refusal: last.refusal,
        }
      : null,
  };
};

/** The set-up as an owner sees it; credentials are not in it. @param check asks the gateways too */
export const settingsView = async (engine: MedusaEngine, check: boolean): Promise<SettingsAnswer> => {
  const { settings, ledger } = engine;
  const open = await ledger.transact((tx) => tx.reviews.countOpen());
  return {
    settings: {
      public_url: settings.publicUrl,
      storefront_urls: [...settings.storefrontUrls],
      order_timing: settings.orderTiming,
      mode: settings.store.mode,
      sandbox: settings.sandbox,
      worker_mode: engine.workerMode,
      ledger: engine.location,
      open_reviews: open,
      accounts: await Promise.all(settings.accounts.map((account) => accountView(engine, account))),
      findings: [...(await engine.findings({ offline: !check }))],
      checked: check,
    },
  };
};
