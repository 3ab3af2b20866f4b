import { Badge, Container, Heading } from '@medusajs/ui';
import type { SettingsAnswer } from '../../api/admin/gatewright/shapes.ts';
import { Fact, FactList } from '../payment/fact-list.tsx';

type Settings = SettingsAnswer['settings'];

const timingWords = (timing: Settings['order_timing']): string =>
  timing === 'after_payment'
    ? 'After the payment: an order is made once it is paid'
    : 'Before the payment: an order is made at checkout and cancelled when nobody pays';

const workerWords = (mode: Settings['worker_mode']): string => {
  switch (mode) {
    case 'shared':
      return 'This process answers and works';
    case 'server':
      return 'This process answers; another one works';
    case 'worker':
      return 'This process works';
    default: {
      const never: never = mode;
      return never;
    }
  }
};

/** The plugin's options as this server has read them. */
export const SetUp = ({ settings }: { readonly settings: Settings }) => (
  <Container className="divide-y p-0">
    <div className="flex flex-wrap items-center gap-2 px-6 py-4">
      <Heading level="h1">Gatewright</Heading>
      <Badge size="2xsmall" color={settings.mode === 'live' ? 'green' : 'orange'}>
        {settings.mode === 'live' ? 'Real money' : 'Test'}
      </Badge>
      {settings.sandbox && (
        <Badge size="2xsmall" color="orange">
          Simulated gateways
        </Badge>
      )}
    </div>
    <div className="px-6 py-4">
      <FactList>
        <Fact name="Orders">{timingWords(settings.order_timing)}</Fact>
        <Fact name="Address of this server">{settings.public_url}</Fact>
        <Fact name="Shoppers go back to">{settings.storefront_urls.join(', ') || 'Not set'}</Fact>
        <Fact name="Processes">{workerWords(settings.worker_mode)}</Fact>
        <Fact name="Ledger">{settings.ledger}</Fact>
      </FactList>
    </div>
  </Container>
);
