import { expect } from 'vitest';
import { has, hasNo } from './conditions.ts';
import { done, refused, type StorefrontStory, stories } from './story.ts';

const targets = { hold: 'held', cancel: 'canceled', fail: 'failed' } as const;
const kinds = ['hold', 'cancel', 'fail'] as const;
type Kind = (typeof kinds)[number];

/** Texts that break out of quotes, formats and lines when nobody has thought of them. */
const hostileNotes = [
  `"; DROP TABLE wp_posts; -- \\" ' \``,
  '%s %d %n {{7*7}} [shortcode] $HOME $(id)',
  'two\nlines and a\ttab',
  '\u202eright to left\u202c \u{1d566}\u{1d55f}\u{1d55a} \u2603 e\u0301',
] as const;

/** An order that waits for payment is held, ended or failed; told again, it stays what it is. */
const moveStory = (kind: Kind): StorefrontStory => ({
  id: kind,
  title: `told to ${kind}, a waiting order is ${targets[kind]}, and told again it stays so`,
  needs: [has(kind)],
  run: async ({ tell, look }) => {
    const telling = { kind, note: 'Because.', id: `${kind}-1` };
    expect(await tell(telling)).toEqual(done);
    expect(await look()).toMatchObject({ state: targets[kind], fulfilments: 0 });
    expect(['done', 'already']).toContain((await tell(telling)).outcome);
    expect(await look()).toMatchObject({ state: targets[kind], fulfilments: 0 });
  },
});

/** The shopper has lost nothing by what the platform cannot show: what waits can still be paid. */
const unseenStory = (kind: Kind): StorefrontStory => ({
  id: `${kind}-unseen`,
  title: `told to ${kind} where no order can be shown so, nothing changes, and what waits can still be paid`,
  needs: [hasNo(kind, `an order can be shown as ${targets[kind]}`)],
  run: async ({ tell, look }) => {
    const before = await look();
    expect(await tell({ kind, note: 'Because.' })).toEqual(done);
    expect(await look()).toEqual(before);
    expect(await tell({ kind: 'settle' })).toEqual(done);
    expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
  },
});

/** Holding, ending and noting. */
export const moving = stories(
  ...kinds.map(moveStory),
  ...kinds.map(unseenStory),
  {
    id: 'note',
    title: 'a note stands in the order and changes nothing else',
    needs: [has('note')],
    run: async ({ tell, look }) => {
      expect(await tell({ kind: 'note', note: 'A second payment arrived.' })).toEqual(done);
      const { state, notes } = await look();
      expect(state).toBe('pending');
      expect(notes).toContain('A second payment arrived.');
    },
  },
  {
    id: 'note-on-paid',
    title: 'a note reaches an order that is paid',
    needs: [has('note')],
    run: async ({ tell, look }) => {
      await tell({ kind: 'settle' });
      expect(await tell({ kind: 'note', note: 'More than asked.' })).toEqual(done);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
      expect((await look()).notes).toContain('More than asked.');
    },
  },
  {
    id: 'hostile-notes',
    title: 'quotes, formats, lines and other scripts in a note are text',
    needs: [has('note')],
    run: async ({ tell, look }) => {
      for (const note of hostileNotes) expect(await tell({ kind: 'note', note })).toEqual(done);
      const { notes } = await look();
      for (const note of hostileNotes) expect(notes).toContain(note);
    },
  },
  {
    id: 'note-unseen',
    title: 'a note that no order can show is taken and changes nothing, before and after the payment',
    needs: [hasNo('note', 'a note stands in the order')],
    run: async ({ tell, look }) => {
      const take = async (): Promise<void> => {
        const before = await look();
        for (const note of hostileNotes) expect(await tell({ kind: 'note', note })).toEqual(done);
        expect(await look()).toEqual({ ...before, notes: [] });
      };
      await take();
      await tell({ kind: 'settle' });
      await take();
    },
  },
  {
    id: 'moving-missing',
    title: 'an order that is not there is refused as missing, whatever it is told',
    run: async ({ bench, shows, tell }) => {
      for (const kind of [...kinds, 'note'] as const) {
        const answer = await tell({ kind, note: 'x', order: bench.missingOrder });
        if (shows(kind)) expect(answer).toEqual(refused('order_missing'));
        else expect(answer.outcome).not.toBe('unavailable');
      }
    },
  },
);
