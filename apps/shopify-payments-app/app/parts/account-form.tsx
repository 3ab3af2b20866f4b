import type { GatewayField } from '@gatewright/operations';
import { BlockStack, Button, Text } from '@shopify/polaris';
import { Input, Switch } from './input';

/** The refused key, as the core words it: `api-key` for `apiKey`. */
const isKey = (name: string, key: string | undefined): boolean =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) === key;

interface AccountFormProps {
  readonly fields: readonly GatewayField[];
  readonly refused?: string | undefined;
  readonly submit: string;
  readonly intent: string;
}

/** Credentials of a gateway account. What was entered before is never shown again. */
export function AccountForm({ fields, refused, submit, intent }: AccountFormProps) {
  return (
    <form method="post" autoComplete="off">
      <input type="hidden" name="intent" value={intent} />
      <BlockStack gap="300">
        {fields.map((field) =>
          field.kind === 'switch' ? (
            <Switch key={field.name} name={field.name} label={field.label} help={field.help} />
          ) : (
            <Input
              key={field.name}
              name={field.name}
              label={field.required ? field.label : `${field.label} (optional)`}
              help={field.help}
              kind={field.kind === 'secret' ? 'secret' : 'text'}
              error={isKey(field.name, refused) ? 'This cannot be used. Copy it again.' : undefined}
            />
          ),
        )}
        <Text as="p" tone="subdued">
          Credentials are kept sealed and are never shown again.
        </Text>
        <div>
          <Button submit variant="primary">
            {submit}
          </Button>
        </div>
      </BlockStack>
    </form>
  );
}
