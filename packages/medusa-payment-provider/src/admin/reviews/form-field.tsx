import { Hint, Input, Label, Textarea } from '@medusajs/ui';
import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** An amount as a decimal; the server checks it and says what is wrong. */
export const AmountField = ({ label, hint, value, onChange }: FieldProps) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
      </Label>
      <Input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        required
        value={value}
        onChange={({ target }) => onChange(target.value.replace(',', '.').trim())}
      />
      {hint !== undefined && <Hint>{hint}</Hint>}
    </div>
  );
};

/** Kept with your name; there is no decision without one. */
export const ReasonField = ({ value, onChange }: Pick<FieldProps, 'value' | 'onChange'>) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="small" weight="plus">
        Why
      </Label>
      <Textarea
        id={id}
        rows={3}
        maxLength={1_000}
        required
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <Hint>It is kept together with your name.</Hint>
    </div>
  );
};
