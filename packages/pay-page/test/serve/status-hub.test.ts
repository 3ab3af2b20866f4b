import { type PageId, pageIdSchema } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { openEventStream } from '../../src/serve/event-stream.ts';
import { type StatusFrame, statusFrame } from '../../src/serve/status-frame.ts';
import { createStatusHub } from '../../src/serve/status-hub.ts';

const page = (letter: string): PageId => pageIdSchema.parse(letter.repeat(22));
const a = page('a');
const b = page('b');

/** Lets everything that is ready to run do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

interface State {
  now: number;
  changesAt: number | null;
  fail: boolean;
  readonly timers: Set<() => void>;
}

/** Pages whose text the test writes, as a ledger would keep them. */
const world = () => {
  const texts = new Map<PageId, string>([
    [a, 'one'],
    [b, 'uno'],
  ]);
  const seen = { queries: [] as (readonly PageId[])[], renders: [] as string[], errors: [] as unknown[] };
  const state: State = { now: 0, changesAt: null, fail: false, timers: new Set() };
  const hub = createStatusHub({
    clock: { now: () => state.now },
    every: (run) => {
      state.timers.add(run);
      return () => state.timers.delete(run);
    },
    onError: (error) => seen.errors.push(error),
    changes: {
      async stampsOf(pages) {
        seen.queries.push(pages);
        if (state.fail) throw new Error('no ledger');
        return new Map(pages.flatMap((id) => (texts.has(id) ? [[id, `${texts.get(id)}`] as const] : [])));
      },
    },
    render: async (id, language): Promise<StatusFrame | undefined> => {
      seen.renders.push(`${id[0]} ${language}`);
      const live = texts.get(id);
      if (live === undefined) return undefined;
      const said = `${live} at ${state.changesAt === null || state.now < state.changesAt ? 'first' : 'last'}`;
      const update = { live: said, version: said, title: 't', leaveTo: null, final: live === 'paid' };
      return statusFrame(
        update,
        state.changesAt !== null && state.now < state.changesAt ? state.changesAt : null,
      );
    },
  });
  const tick = async () => {
    for (const run of state.timers) run();
    await settle();
  };
  const open = async (id: PageId, language = 'en') => {
    let ended = 0;
    const body = await openEventStream(hub, id, language, () => {
      ended += 1;
    });
    const reader = body?.getReader();
    const read = async (): Promise<string> => {
      const part = await reader?.read();
      return part === undefined || part.done ? 'END' : new TextDecoder().decode(part.value);
    };
    return { found: body !== undefined, read, leave: () => reader?.cancel(), ended: () => ended };
  };
  return { hub, texts, seen, state, tick, open };
};

const says = (text: string) => expect.stringContaining(`"live":"${text}`);

test('the state comes at once, then every change, and the end ends it', async () => {
  const { texts, tick, open, hub, state } = world();
  const stream = await open(a);
  expect(await stream.read()).toBe('retry: 3000\n\n');
  expect(await stream.read()).toEqual(says('one'));
  texts.set(a, 'two');
  await tick();
  expect(await stream.read()).toEqual(says('two'));
  texts.set(a, 'paid');
  await tick();
  expect(await stream.read()).toEqual(says('paid'));
  expect(await stream.read()).toBe('END');
  expect(stream.ended()).toBe(1);
  expect([hub.size, state.timers.size]).toEqual([0, 0]);
});

test('one query a second for all pages; a page is rendered once a language, however many listen', async () => {
  const { texts, tick, open, seen } = world();
  const streams = await Promise.all([
    ...Array.from({ length: 40 }, () => open(a)),
    ...Array.from({ length: 40 }, () => open(a, 'de')),
    ...Array.from({ length: 40 }, () => open(b)),
  ]);
  expect(new Set(seen.renders)).toEqual(new Set(['a de', 'a en', 'b en']));
  expect(seen.renders).toHaveLength(3);
  seen.queries.length = 0;
  seen.renders.length = 0;
  await tick();
  expect(seen).toMatchObject({ queries: [[a, b]], renders: [] });
  texts.set(a, 'two');
  await tick();
  expect(seen.queries).toHaveLength(2);
  expect(new Set(seen.renders)).toEqual(new Set(['a de', 'a en']));
  expect(seen.renders).toHaveLength(2);
  for (const stream of streams.slice(0, 80)) {
    await stream.read();
    await stream.read();
    expect(await stream.read()).toEqual(says('two'));
  }
});

test('a change between the first look and the first tick is not lost', async () => {
  const { texts, tick, open } = world();
  const opening = open(a);
  texts.set(a, 'two');
  const stream = await opening;
  texts.set(a, 'three');
  await tick();
  await stream.read();
  const told = [await stream.read()];
  if (!told.join('').includes('three')) told.push(await stream.read());
  expect(told.at(-1)).toEqual(says('three'));
});

test('what only time changes is told too, once', async () => {
  const { state, tick, open, seen } = world();
  state.changesAt = 5_000;
  const stream = await open(a);
  await stream.read();
  expect(await stream.read()).toEqual(says('one at first'));
  seen.renders.length = 0;
  await tick();
  expect(seen.renders).toEqual([]);
  state.now = 5_000;
  await tick();
  await tick();
  expect(await stream.read()).toEqual(says('one at last'));
  expect(seen.renders).toEqual(['a en']);
});

test('whoever leaves is forgotten, and nobody asks for a page that nobody watches', async () => {
  const { hub, open, tick, seen, state } = world();
  const [first, second] = [await open(a), await open(a)];
  await first.leave();
  expect(hub.size).toBe(1);
  await second.leave();
  expect([hub.size, state.timers.size, first.ended(), second.ended()]).toEqual([0, 0, 1, 1]);
  seen.queries.length = 0;
  await tick();
  expect(seen.queries).toEqual([]);
});

test('a page that is not there has no stream; one that goes away ends its streams', async () => {
  const { hub, open, texts, tick } = world();
  const none = await open(page('c'));
  expect([none.found, none.ended(), hub.size]).toEqual([false, 1, 0]);
  const stream = await open(a);
  texts.delete(a);
  await tick();
  await stream.read();
  await stream.read();
  expect(await stream.read()).toBe('END');
  expect(hub.size).toBe(0);
});

test('a ledger that fails for a moment is reported, and the change is told afterwards', async () => {
  const { open, texts, tick, state, seen, hub } = world();
  const stream = await open(a);
  await stream.read();
  await stream.read();
  texts.set(a, 'two');
  state.fail = true;
  await tick();
  expect(seen.errors).toHaveLength(1);
  await expect(open(b)).rejects.toThrow('no ledger');
  expect(hub.size).toBe(1);
  state.fail = false;
  await tick();
  expect(await stream.read()).toEqual(says('two'));
  expect((await open(b)).found).toBe(true);
});

test('a silent stream is kept alive every twenty seconds', async () => {
  const { open, tick } = world();
  const stream = await open(a);
  await stream.read();
  await stream.read();
  for (let second = 0; second < 20; second += 1) await tick();
  expect(await stream.read()).toBe(':\n\n');
});

test('a reader that does not read is let go, the others stay', async () => {
  const { open, tick, texts, hub } = world();
  const [slow, quick] = [await open(a), await open(a)];
  await quick.read();
  await quick.read();
  for (let round = 0; round < 18; round += 1) {
    texts.set(a, `round ${round}`);
    await tick();
    expect(await quick.read()).toEqual(says(`round ${round}`));
  }
  expect([slow.ended(), quick.ended(), hub.size]).toEqual([1, 0, 1]);
});

test('closing ends every stream and opens no more', async () => {
  const { open, hub, state } = world();
  const streams = [await open(a), await open(b)];
  hub.close();
  expect(streams.map((stream) => stream.ended())).toEqual([1, 1]);
  expect([hub.size, state.timers.size]).toEqual([0, 0]);
  expect((await open(a)).found).toBe(false);
});

test('who joins a change hears it at once, and who was there hears it too', async () => {
  const { open, tick, texts, state } = world();
  const early = await open(a);
  await early.read();
  await early.read();
  texts.set(a, 'two');
  state.now = 1_000;
  const late = await open(a);
  await late.read();
  expect(await late.read()).toEqual(says('two'));
  await tick();
  expect(await early.read()).toEqual(says('two'));
});

test('who joins a second later gets a page of now, because it says how much time is left', async () => {
  const { open, seen, state } = world();
  await open(a);
  state.now = 999;
  await open(a);
  expect(seen.renders).toHaveLength(1);
  state.now = 1_000;
  await open(a);
  expect(seen.renders).toHaveLength(2);
});
