import { expect, it } from 'vitest';
import { createFaultBoard, type FaultKind } from './faults.ts';

const boardWith = (impossible: readonly FaultKind[]) =>
  createFaultBoard({ impossible, routes: () => ['create', 'list'] });

it('uses a fault as often as it counts, and then never again', () => {
  const board = boardWith([]);
  board.add({ kind: 'drop', count: 2 });
  board.add({ kind: 'status', status: 500 });
  expect([1, 2, 3].map(() => board.takeWebhook('any').length)).toEqual([1, 1, 0]);
  expect([1, 2].map(() => board.takeApi('any').length)).toEqual([1, 0]);
  board.add({ kind: 'latency', ms: 1, count: 'always' });
  expect([1, 2, 3].map(() => board.takeApi('any').length)).toEqual([1, 1, 1]);
  board.clear();
  expect(board.takeApi('any')).toEqual([]);
});

it('hits only the event or route it names', () => {
  const board = boardWith([]);
  board.add({ kind: 'delay', ms: 5, event: 'paid' });
  board.add({ kind: 'rate-limit', route: 'create' });
  expect(board.takeWebhook('expired')).toEqual([]);
  expect(board.takeApi('list')).toEqual([]);
  expect(board.pending()).toHaveLength(2);
  expect(board.takeWebhook('paid')).toMatchObject([{ kind: 'delay' }]);
  expect(board.takeApi('create')).toMatchObject([{ kind: 'rate-limit' }]);
  expect(board.pending()).toEqual([]);
});

it('refuses what would never happen', () => {
  const board = boardWith(['forged-unsigned']);
  expect(() => board.add({ kind: 'forged-unsigned' })).toThrow(RangeError);
  expect(() => board.add({ kind: 'rate-limit', route: 'craete' })).toThrow('no route craete');
  // @ts-expect-error a misspelt fault must not pass in silence
  expect(() => board.add({ kind: 'dorp' })).toThrow();
  // @ts-expect-error neither must a misspelt field
  expect(() => board.add({ kind: 'delay', ms: 1, events: 'paid' })).toThrow();
  expect(() => board.add({ kind: 'status', status: 200 })).toThrow();
});
