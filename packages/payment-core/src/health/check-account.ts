import { connectAccount } from '../account/connect.ts';
import type { AccountCheck } from '../gateways/gateway.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import type { AccountId } from '../identity/identity.ts';
import type { Ports } from '../ports.ts';
import { shownByCheck } from './account-health.ts';
import type { Finding } from './finding.ts';
import { warningFinding } from './gateway-warning.ts';

const unusable = (reason: string): Finding => ({
  code: `account-${reason}`,
  severity: 'error',
  cause: `The account cannot be connected (${reason}).`,
  effect: 'No invoice can be made with it.',
  remedy: 'Enter its credentials again with `gatewright account add`.',
});

const refusal = (title: string, reason: string): Finding => ({
  code: 'credentials-refused',
  severity: 'error',
  cause: `${title} refused the credentials (${reason}).`,
  effect: 'No invoice can be made and no payment can be read.',
  remedy: `Copy the credentials again from ${title}; look for a missing character or a space.`,
});

const unreachable = (title: string, reason: string): Finding => ({
  code: 'gateway-unreachable',
  severity: 'warning',
  cause: `${title} did not answer (${reason}).`,
  effect: 'Shoppers cannot pay with it until it answers again.',
  remedy:
    "Try again in some minutes; if it stays, look at the gateway's status page and this server's network.",
});

const modeFinding = (title: string, expected: string): Finding => ({
  code: 'mode-mismatch',
  severity: 'error',
  cause: `${title} says that this account is not a ${expected} account.`,
  effect: 'It is not offered, so that test money never pays a live order.',
  remedy: `Use ${expected} credentials for this store.`,
});

const webhookFinding = (title: string, url: string): Finding => ({
  code: 'webhook-elsewhere',
  severity: 'warning',
  cause: `${title} sends its webhooks to another address, or to none.`,
  effect: 'Payments are only found by polling, minutes later.',
  remedy: `Set the webhook address to ${url} at the gateway.`,
});

/** What the gateway does not tell us at all is said before money depends on it. */
const limits = (gateway: RegisteredGateway): readonly Finding[] =>
  gateway.capabilities.poll === 'none'
    ? [
        {
          code: 'cannot-be-read',
          severity: 'info',
          cause: `${gateway.title} has no call to look a payment up.`,
          effect: 'A payment whose webhook is lost is only found by a person.',
          remedy: 'Look at the review queue daily; open invoices past their expiry are listed there.',
        },
      ]
    : [];

const judge = (
  check: AccountCheck,
  gateway: RegisteredGateway,
  mode: string,
  webhookUrl: string,
): readonly Finding[] => {
  switch (check.outcome) {
    case 'refused':
      return [refusal(gateway.title, check.reason)];
    case 'unavailable':
      return [unreachable(gateway.title, check.reason)];
    case 'ok': {
      const wrongMode = check.mode !== 'unknown' && check.mode !== mode;
      const elsewhere =
        check.webhookUrl !== null &&
        check.webhookUrl !== webhookUrl &&
        !gateway.capabilities.perInvoiceWebhook;
      return [
        ...(wrongMode ? [modeFinding(gateway.title, mode)] : []),
        ...(elsewhere ? [webhookFinding(gateway.title, webhookUrl)] : []),
      ];
    }
    default: {
      const never: never = check;
      return never;
    }
  }
};

/** Proves one account's credentials by a harmless call and says what an owner should mend. */
export const checkAccount = async (ports: Ports, id: AccountId): Promise<readonly Finding[]> => {
  const connection = await connectAccount(ports, id);
  if (!connection.ok) return [unusable(connection.reason)];
  const { account, store, gateway, calls } = connection.connected;
  const check = await calls.check();
  ports.health.learn(account.id, shownByCheck(check), ports.clock.now());
  return [
    ...judge(check, gateway, store.mode, ports.webhookUrl(account)),
    ...gateway.warnings(account.config).map(warningFinding),
    ...limits(gateway),
  ];
};
