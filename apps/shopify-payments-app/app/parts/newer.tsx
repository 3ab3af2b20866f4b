import { Button } from '@shopify/polaris';

/** Leads to the next page of a list that begins with what has waited longest. */
export function Newer({ path, next }: { readonly path: string; readonly next: string | null }) {
  return next === null ? null : (
    <div>
      <Button url={`${path}?${new URLSearchParams({ after: next })}`}>Newer ones</Button>
    </div>
  );
}
