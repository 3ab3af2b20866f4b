import { Button, Drawer } from '@medusajs/ui';
import { type ReactNode, useState } from 'react';

interface ActionDrawerProps {
  /** Words of the button that opens it. */
  readonly button: string;
  readonly title: string;
  /** Something was done: what is shown around the drawer has changed. */
  readonly onDone: () => void;
  /** Made anew each time it opens. @param done closes the drawer */
  readonly children: (done: () => void) => ReactNode;
}

/** A button, and what it opens at the side of the page. */
export const ActionDrawer = ({ button, title, onDone, children }: ActionDrawerProps) => {
  const [open, setOpen] = useState(false);
  const done = () => {
    setOpen(false);
    onDone();
  };
  return (
    <Drawer open={open} onOpenChange={setOpen}>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary">
          {button}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content aria-describedby={undefined}>
        <Drawer.Header>
          <Drawer.Title>{title}</Drawer.Title>
        </Drawer.Header>
        {open && children(done)}
      </Drawer.Content>
    </Drawer>
  );
};
