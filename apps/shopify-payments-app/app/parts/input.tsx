import { Checkbox, TextField } from '@shopify/polaris';
import { useState } from 'react';

interface InputProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly initial?: string;
  readonly error?: string | undefined;
  readonly kind?: 'text' | 'secret';
  readonly lines?: number;
  readonly required?: boolean;
}

/** A field of a form that is sent by the browser itself. */
export function Input({
  name,
  label,
  help,
  initial = '',
  error,
  kind = 'text',
  lines,
  required,
}: InputProps) {
  const [value, setValue] = useState(initial);
  return (
    <TextField
      name={name}
      label={label}
      value={value}
      onChange={setValue}
      autoComplete={kind === 'secret' ? 'new-password' : 'off'}
      type={kind === 'secret' ? 'password' : 'text'}
      requiredIndicator={required === true}
      helpText={help}
      {...(error === undefined ? {} : { error })}
      {...(lines === undefined ? {} : { multiline: lines })}
    />
  );
}

export function Switch({ name, label, help }: Pick<InputProps, 'name' | 'label' | 'help'>) {
  const [checked, setChecked] = useState(false);
  return (
    <Checkbox name={name} label={label} helpText={help} checked={checked} onChange={setChecked} value="on" />
  );
}
