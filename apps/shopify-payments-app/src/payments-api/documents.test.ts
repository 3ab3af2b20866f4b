import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, coerceInputValue, type GraphQLSchema, parse, typeFromAST, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { documents, variablesOf } from './documents.ts';
import type { Mutation } from './mutation.ts';

const folder = fileURLToPath(
  new URL('../../../../packages/storefront-simulator/fixtures/shopify/schema/', import.meta.url),
);
const schemas = readdirSync(folder)
  .filter((name) => name.endsWith('.graphql') && name.includes('2026-04'))
  .map((name): [string, GraphQLSchema] => [name, buildSchema(readFileSync(`${folder}${name}`, 'utf8'))]);

const gid = 'gid://shopify/PaymentSession/u0nwmSrNntjIWozmNslK5Tlq';
const merchantMessage = 'Refund it by hand.';
const examples: readonly Mutation[] = [
  { operation: 'paymentSessionResolve', gid },
  { operation: 'paymentSessionReject', gid, code: 'AMOUNT_TOO_SMALL', merchantMessage },
  { operation: 'paymentSessionReject', gid, code: 'INVALID_PURCHASE_TYPE', merchantMessage },
  {
    operation: 'paymentSessionPending',
    gid,
    until: Date.UTC(2026, 10, 22),
    reason: 'NETWORK_ACTION_REQUIRED',
  },
  { operation: 'refundSessionResolve', gid },
  { operation: 'refundSessionReject', gid, merchantMessage },
  { operation: 'captureSessionResolve', gid },
  { operation: 'captureSessionReject', gid, merchantMessage },
  { operation: 'voidSessionResolve', gid },
  { operation: 'voidSessionReject', gid, merchantMessage },
  { operation: 'paymentsAppConfigure', externalHandle: 'Anna', ready: true },
];

const faultsOfVariables = (schema: GraphQLSchema, mutation: Mutation): readonly string[] => {
  const [definition] = parse(documents[mutation.operation]).definitions;
  if (definition?.kind !== 'OperationDefinition') return ['no operation'];
  const variables = variablesOf(mutation);
  const faults: string[] = [];
  for (const variable of definition.variableDefinitions ?? []) {
    // The node is a type of the schema's inputs: the document was validated before.
    const type = typeFromAST(schema, variable.type as never) as Parameters<typeof coerceInputValue>[1];
    coerceInputValue(variables[variable.variable.name.value], type, (_path, _value, error) =>
      faults.push(error.message),
    );
  }
  return faults;
};

describe.each(schemas)('against %s', (_name, schema) => {
  test.each(Object.entries(documents))('the document of %s is valid', (_operation, document) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });

  test.each(examples)('$operation is sent with variables of the right kind', (mutation) => {
    expect(faultsOfVariables(schema, mutation)).toEqual([]);
  });
});

test('the schema that is looked at is the one of the version we send', () => {
  expect(schemas.map(([name]) => name)).toEqual(['payments-apps-2026-04-to-2026-10.graphql']);
});

test('every operation has an example', () => {
  expect(new Set(examples.map(({ operation }) => operation))).toEqual(new Set(Object.keys(documents)));
});
