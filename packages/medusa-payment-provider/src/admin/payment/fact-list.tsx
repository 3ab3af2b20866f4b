import { Text } from '@medusajs/ui';
import type { ReactNode } from 'react';

/** A list of names and values; what has no value is left out. */
export const FactList = ({ children }: { readonly children: ReactNode }) => (
  <dl className="flex flex-col gap-y-2">{children}</dl>
);

export const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="grid grid-cols-2 gap-x-2">
    <Text as="span" size="small" leading="compact" className="text-ui-fg-subtle">
      <dt>{name}</dt>
    </Text>
    <Text as="span" size="small" leading="compact" className="break-words">
      <dd>{children}</dd>
    </Text>
  </div>
);
