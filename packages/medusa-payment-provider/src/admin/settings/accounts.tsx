import { Badge, Container, Copy, Heading, StatusBadge, Text } from '@medusajs/ui';
import type { SettingsAnswer } from '../../api/admin/gatewright/shapes.ts';
import { Fact, FactList } from '../payment/fact-list.tsx';
import { timeText } from '../words/amounts-and-times.ts';

type Account = SettingsAnswer['settings']['accounts'][number];

const refundWords = (refunds: Account['refunds']): string => {
  switch (refunds) {
    case 'none':
      return 'By hand';
    case 'full':
      return 'By the gateway, whole payments';
    case 'partial':
      return 'By the gateway';
    default: {
      const never: never = refunds;
      return never;
    }
  }
};

const WebhookAddress = ({ account }: { readonly account: Account }) =>
  account.webhook_per_invoice ? (
    <>Nothing to copy: the gateway is told with each payment.</>
  ) : (
    <span className="flex items-start gap-x-1">
      <span className="break-all">{account.webhook_url}</span>
      <Copy
        content={account.webhook_url}
        aria-label={`Copy the webhook address of ${account.title}`}
        className="mt-0.5 shrink-0 text-ui-fg-muted"
      />
    </span>
  );

const LastWebhook = ({ last }: { readonly last: Account['last_webhook'] }) => {
  if (!last) return <>None yet</>;
  return (
    <span className="flex flex-col">
      {last.taken_at !== null && <span>{timeText(last.taken_at)}</span>}
      {last.refused_at !== null && (
        <span className="text-ui-fg-error">
          Refused {timeText(last.refused_at)}
          {last.refusal !== null && `: ${last.refusal.replaceAll('-', ' ')}`}
        </span>
      )}
    </span>
  );
};

const AccountItem = ({ account }: { readonly account: Account }) => (
  <li className="flex flex-col gap-y-3 px-6 py-4">
    <div className="flex flex-wrap items-center gap-2">
      <Text weight="plus">{account.title}</Text>
      <Badge size="2xsmall" color={account.mode === 'live' ? 'green' : 'orange'}>
        {account.mode === 'live' ? 'Real money' : 'Test'}
      </Badge>
      {!account.enabled && <StatusBadge color="grey">Switched off</StatusBadge>}
    </div>
    <FactList>
      <Fact name="Provider in regions">{account.id}</Fact>
      <Fact name="Webhook address">
        <WebhookAddress account={account} />
      </Fact>
      <Fact name="Last webhook">
        <LastWebhook last={account.last_webhook} />
      </Fact>
      <Fact name="Refunds">{refundWords(account.refunds)}</Fact>
      {account.methods.length > 0 && <Fact name="Ways to pay">{account.methods.join(', ')}</Fact>}
      {!account.can_be_read && (
        <Fact name="Lost webhooks">
          This gateway cannot be asked: a payment is only known by its webhook.
        </Fact>
      )}
    </FactList>
  </li>
);

/** The provider entries of medusa-config; nothing of their credentials. */
export const Accounts = ({ accounts }: { readonly accounts: readonly Account[] }) => (
  <Container className="divide-y p-0">
    <div className="px-6 py-4">
      <Heading level="h2">Accounts</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        They stand in medusa-config. A region offers those that are switched on there.
      </Text>
    </div>
    {accounts.length === 0 ? (
      <Text size="small" className="px-6 py-4">
        There is none yet.
      </Text>
    ) : (
      <ul className="divide-y">
        {accounts.map((account) => (
          <AccountItem key={account.id} account={account} />
        ))}
      </ul>
    )}
  </Container>
);
