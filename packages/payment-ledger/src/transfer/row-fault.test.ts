import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { rowFaultOf } from './row-fault.ts';

const opened = (): DatabaseSync => {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec('create table t (id integer primary key, name text not null unique, n integer) strict');
  database.exec("insert into t values (1, 'one', 1)");
  return database;
};

const failureOf = (work: () => void): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
};

it.each([
  ["insert into t values (1, 'two', 2)", 'repeated'],
  ["insert into t values (2, 'one', 2)", 'repeated'],
  ['insert into t values (2, null, 2)', 'unfitting'],
  ["insert into t values (2, 'two', 'many')", 'unfitting'],
  ["insert into t (id, name, other) values (2, 'two', 2)", 'unfitting'],
  ["insert into t values ('x', 'two', 2)", 'unfitting'],
  // The database's own troubles.
  ["insert into away values (1, 'two', 2)", undefined],
  ['insert into t values (1', undefined],
])('SQLite, %s: %s', (text, fault) => {
  const database = opened();
  expect(rowFaultOf(failureOf(() => database.exec(text)))).toBe(fault);
});

it('a disk that is full is no fault of the rows', () => {
  const database = opened();
  database.exec('pragma max_page_count = 3');
  const error = failureOf(() => database.exec(`insert into t values (2, '${'x'.repeat(50_000)}', 2)`));
  expect(error).toMatchObject({ errcode: 13 });
  expect(rowFaultOf(error)).toBeUndefined();
});

it.each([
  ['23505', 'repeated'],
  ['23502', 'unfitting'],
  ['23503', 'unfitting'],
  ['23514', 'unfitting'],
  ['22P02', 'unfitting'],
  ['22003', 'unfitting'],
  ['42703', 'unfitting'],
  ['08006', undefined],
  ['57P01', undefined],
  ['53100', undefined],
  ['40001', undefined],
  ['ECONNRESET', undefined],
])('PostgreSQL, %s: %s', (code, fault) => {
  expect(rowFaultOf(Object.assign(new Error('of the driver'), { code }))).toBe(fault);
});

it('what is no error of a database is no fault of the rows', () => {
  expect(rowFaultOf(new TypeError('ours'))).toBeUndefined();
  expect(rowFaultOf('text')).toBeUndefined();
});
