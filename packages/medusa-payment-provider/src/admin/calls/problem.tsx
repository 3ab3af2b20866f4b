import { Alert, Button } from '@medusajs/ui';

/** What went wrong, and a way to try again where that can help. */
export const Problem = ({
  message,
  onRetry,
}: {
  readonly message: string;
  readonly onRetry?: (() => void) | undefined;
}) => (
  <div role="alert" className="flex flex-col items-start gap-y-2">
    <Alert variant="error">{message}</Alert>
    {onRetry && (
      <Button size="small" variant="secondary" onClick={onRetry}>
        Try again
      </Button>
    )}
  </div>
);
