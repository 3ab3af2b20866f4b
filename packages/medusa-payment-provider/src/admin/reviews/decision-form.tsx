import { Input, Label, RadioGroup } from '@medusajs/ui';
import { useId } from 'react';
import type { PaymentView, ReviewAnswerItem } from '../../api/admin/gatewright/shapes.ts';
import { amountText } from '../words/amounts-and-times.ts';
import { choicesFor, type Decision, type Draft } from './decisions.ts';
import { AmountField, ReasonField } from './form-field.tsx';

interface FormProps {
  readonly review: ReviewAnswerItem;
  readonly payment: PaymentView | null;
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

const Currency = ({ draft, onChange }: Pick<FormProps, 'draft' | 'onChange'>) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="small" weight="plus">
        Currency
      </Label>
      <Input
        id={id}
        maxLength={20}
        required
        value={draft.currency}
        onChange={({ target }) => onChange({ ...draft, currency: target.value.trim().toUpperCase() })}
      />
    </div>
  );
};

/** What to decide, its amount, and why. The amount of an accepted payment is the order's total, not what came. */
export const DecisionForm = ({ review, payment, draft, onChange }: FormProps) => {
  const total = payment?.amount ?? null;
  const choices = choicesFor(review, payment);
  const choose = (value: string) => {
    const decision: Decision | undefined = choices.find((each) => each.decision === value)?.decision;
    const amount = decision === 'accept' && total ? amountText(total) : '';
    onChange({ ...draft, decision, amount });
  };
  const accepts = draft.decision === 'accept';
  const currency = total === null ? '' : ` in ${total.currency}`;
  return (
    <>
      <RadioGroup value={draft.decision ?? ''} onValueChange={choose} aria-label="Your decision">
        {choices.map(({ decision, label, means }) => (
          <RadioGroup.ChoiceBox key={decision} value={decision} label={label} description={means} />
        ))}
      </RadioGroup>
      {draft.decision !== undefined && draft.decision !== 'ignore' && (
        <AmountField
          label={accepts ? `Total of the order${currency}` : `Sent back${currency}`}
          {...(accepts ? { hint: 'The total as it is in Medusa now, not what was received.' } : {})}
          value={draft.amount}
          onChange={(amount) => onChange({ ...draft, amount })}
        />
      )}
      {draft.decision === 'refund-noted' && total === null && <Currency draft={draft} onChange={onChange} />}
      <ReasonField value={draft.reason} onChange={(reason) => onChange({ ...draft, reason })} />
    </>
  );
};
