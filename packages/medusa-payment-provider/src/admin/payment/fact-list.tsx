import type { ReactNode } from 'react';

/** A list of names and values; what has no value is left out. */
export const FactList = ({ children }: { readonly children: ReactNode }) => (
  <dl className="flex flex-col gap-y-2">{children}</dl>
);

export const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="txt-compact-small grid grid-cols-2 gap-x-2">
    <dt className="text-ui-fg-subtle">{name}</dt>
    <dd className="break-words">{children}</dd>
  </div>
);
