import type { ReactNode } from 'react';

/** Something that most people need not see at first. */
export const Fold = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <details>
    <summary className="txt-compact-small cursor-pointer text-ui-fg-subtle hover:text-ui-fg-base">
      {title}
    </summary>
    {children}
  </details>
);
