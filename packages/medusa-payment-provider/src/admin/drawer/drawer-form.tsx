import { Button, Drawer, toast } from '@medusajs/ui';
import { type ReactNode, useState } from 'react';
import type { Answered } from '../calls/backend.ts';
import { Problem } from '../calls/problem.tsx';

interface DrawerFormProps {
  /** Words of the button that sends it. */
  readonly button: string;
  readonly ready: boolean;
  readonly send: () => Promise<Answered<unknown>>;
  /** What is said when it was done. */
  readonly success: string;
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** Fields, what the server said against them, and the two ways out. */
export const DrawerForm = ({ button, ready, send, success, onDone, children }: DrawerFormProps) => {
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  const submit = async () => {
    setSending(true);
    const sent = await send();
    setSending(false);
    if (!sent.ok) return setProblem(sent.message);
    toast.success(success);
    onDone();
  };
  return (
    <form
      className="flex flex-1 flex-col overflow-hidden"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Drawer.Body className="flex flex-1 flex-col gap-y-6 overflow-y-auto">
        {children}
        {problem !== '' && <Problem message={problem} />}
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.Close asChild>
          <Button size="small" variant="secondary">
            Close
          </Button>
        </Drawer.Close>
        <Button size="small" type="submit" isLoading={sending} disabled={!ready}>
          {button}
        </Button>
      </Drawer.Footer>
    </form>
  );
};
