import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { LedgerSchema } from './schema.ts';

/** Stands where a value will stand while a statement is compiled. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

// The builders only carry values along, so a placeholder ends up as the parameter of the value that it stands for.
const placeholdersFor = <Values extends object>(values: Values): Values =>
  Object.fromEntries(Object.keys(values).map((name) => [name, new Placeholder(name)])) as Values;

const bind = (parameters: readonly unknown[], values: object): unknown[] => {
  const given = new Map<string, unknown>(Object.entries(values));
  return parameters.map((parameter) => {
    if (!(parameter instanceof Placeholder)) return parameter;
    if (!given.has(parameter.name)) throw new Error(`ledger: ${parameter.name} has no value`);
    return given.get(parameter.name);
  });
};

/**
 * A statement that is built and compiled once for each engine and then only gets its values: building one takes
 * several times as long as SQLite takes to run it. `values` have the same names each time and are there to be bound;
 * the text cannot depend on them.
 */
export const prepared = <Values extends object, Row>(
  build: (db: Kysely<LedgerSchema>, values: Values) => Compilable<Row>,
): ((db: Kysely<LedgerSchema>, values: Values) => Promise<QueryResult<Row>>) => {
  const statements = new Map<unknown, CompiledQuery<Row>>();
  return (db, values) => {
    const engine = db.getExecutor().adapter.constructor;
    const statement = statements.get(engine) ?? build(db, placeholdersFor(values)).compile();
    statements.set(engine, statement);
    return db.executeQuery({ ...statement, parameters: bind(statement.parameters, values) });
  };
};
