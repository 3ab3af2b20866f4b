import { expect } from 'vitest';
import { done, refused, type StorefrontStory, stories } from './story.ts';

const targets = { hold: 'held', cancel: 'canceled', fail: 'failed' } as const;
const kinds = ['hold', 'cancel', 'fail'] as const;

/** Texts that break out of quotes, formats and lines when nobody has thought of them. */
const hostileNotes = [
  `"; DROP TABLE wp_posts; -- \\" ' \``,
  '%s %d %n {{7*7}} [shortcode] $HOME $(id)',
  'two\nlines and a\ttab',
  '\u202eright to left\u202c \u{1d566}\u{1d55f}\u{1d55a} \u2603 e\u0301',
] as const;

/** An order that waits for payment is held, ended or failed; told again, it stays what it is. */
const moveStory = (kind: (typeof kinds)[number]): StorefrontStory => ({
  id: kind,
  title: `told to ${kind}, a waiting order is ${targets[kind]}, and told again it stays so`,
  run: async ({ tell, look }) => {
    const telling = { kind, note: 'Because.', id: `${kind}-1` };
    expect(await tell(telling)).toEqual(done);
    expect(await look()).toMatchObject({ state: targets[kind], fulfilments: 0 });
    expect(['done', 'already']).toContain((await tell(telling)).outcome);
    expect(await look()).toMatchObject({ state: targets[kind], fulfilments: 0 });
  },
});

/** Holding, ending and noting. */
export const moving = stories(
  ...kinds.map(moveStory),
  {
    id: 'note',
    title: 'a note stands in the order and changes nothing else',
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
    run: async ({ tell, look }) => {
      for (const note of hostileNotes) expect(await tell({ kind: 'note', note })).toEqual(done);
      const { notes } = await look();
      for (const note of hostileNotes) expect(notes).toContain(note);
    },
  },
  {
    id: 'moving-missing',
    title: 'an order that is not there is refused as missing, whatever it is told',
    run: async ({ bench, tell }) => {
      for (const kind of [...kinds, 'note'] as const) {
        const answer = await tell({ kind, note: 'x', order: bench.missingOrder });
        expect(answer).toEqual(refused('order_missing'));
      }
    },
  },
);
