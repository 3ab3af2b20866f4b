import { Button, TextField } from '@shopify/polaris';
import { useState } from 'react';

/** An address to be entered elsewhere. */
export function Copyable({
  label,
  text,
  help,
}: {
  readonly label: string;
  readonly text: string;
  readonly help: string;
}) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <TextField
      label={label}
      value={text}
      readOnly
      autoComplete="off"
      helpText={help}
      connectedRight={<Button onClick={copy}>{copied ? 'Copied' : 'Copy'}</Button>}
    />
  );
}
