import { Text } from '@medusajs/ui';
import type { InvoiceView } from '../../api/admin/gatewright/shapes.ts';
import { timeText } from '../words/amounts-and-times.ts';
import { detailWords, eventWords } from '../words/event-words.ts';

/** What was learnt or decided about one attempt, newest first. */
export const Timeline = ({ events }: { readonly events: InvoiceView['timeline'] }) => (
  <ol className="flex flex-col gap-y-3 pt-2">
    {events.toReversed().map(({ at, event, detail }) => (
      <li key={`${at} ${event} ${detail}`} className="border-ui-border-strong border-l pl-3">
        <Text size="small" leading="compact" weight="plus">
          {eventWords(event)}
        </Text>
        {detail !== 'done' && (
          <Text size="small" leading="compact" className="break-words text-ui-fg-subtle">
            {detailWords(detail)}
          </Text>
        )}
        <Text size="xsmall" leading="compact" className="text-ui-fg-subtle">
          <time dateTime={at}>{timeText(at)}</time>
        </Text>
      </li>
    ))}
  </ol>
);
