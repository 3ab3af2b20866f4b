import { expect, it } from 'vitest';
import { matrix } from './matrix.ts';

const entry = (id: string, applies: true | string) => ({ story: { id, title: `story ${id}` }, applies });

it('is a table with every reason once below it', () => {
  const columns = [
    { heading: 'One', entries: [entry('a', true), entry('b', 'no refunds'), entry('c', 'no list')] },
    { heading: 'Two', entries: [entry('a', 'no refunds'), entry('b', true), entry('c', 'no refunds')] },
  ];
  expect(matrix(columns).split('\n')).toEqual([
    '| story | One | Two |',
    '| --- | --- | --- |',
    '| story a | ✓ | – (1) |',
    '| story b | – (1) | ✓ |',
    '| story c | – (2) | – (1) |',
    '',
    '1. no refunds',
    '2. no list',
  ]);
});

it('is a table alone when everything applies', () => {
  expect(matrix([{ heading: 'One', entries: [entry('a', true)] }])).not.toContain('1.');
});

it('refuses a column that lacks a story', () => {
  const columns = [
    { heading: 'One', entries: [entry('a', true)] },
    { heading: 'Two', entries: [] },
  ];
  expect(() => matrix(columns)).toThrow('lacks a story');
});
