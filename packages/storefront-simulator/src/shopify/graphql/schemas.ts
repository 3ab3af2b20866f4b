import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildSchema, GraphQLError, type GraphQLSchema, isScalarType, Kind } from 'graphql';

const FILES = {
  '2026-01': 'payments-apps-2026-01.graphql',
  '2026-04': 'payments-apps-2026-04-to-2026-10.graphql',
  '2026-07': 'payments-apps-2026-04-to-2026-10.graphql',
  '2026-10': 'payments-apps-2026-04-to-2026-10.graphql',
} as const;

export type PaymentsApiVersion = keyof typeof FILES;

export const paymentsApiVersions = Object.keys(FILES).filter((name): name is PaymentsApiVersion =>
  isPaymentsApiVersion(name),
);

export function isPaymentsApiVersion(text: string): text is PaymentsApiVersion {
  return Object.hasOwn(FILES, text);
}

// By the package's own name, because built and unbuilt code stand in folders of different depth.
const folder = join(
  dirname(createRequire(import.meta.url).resolve('@gatewright/storefront-simulator/package.json')),
  'fixtures/shopify/schema',
);

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

const text =
  (name: string, accepts: (value: string) => boolean) =>
  (value: unknown): string => {
    if (typeof value === 'string' && accepts(value)) return value;
    throw new GraphQLError(`${JSON.stringify(value)} is not a valid ${name}`);
  };

/** SDL has no rules for the values of scalars: Shopify's two strict ones get theirs. */
const restrict = (schema: GraphQLSchema, name: string, accepts: (value: string) => boolean): void => {
  const scalar = schema.getType(name);
  if (!isScalarType(scalar)) return;
  const parse = text(name, accepts);
  scalar.parseValue = parse;
  scalar.parseLiteral = (node) => parse(node.kind === Kind.STRING ? node.value : undefined);
};

const load = (file: string): GraphQLSchema => {
  const schema = buildSchema(readFileSync(join(folder, file), 'utf8'));
  restrict(schema, 'DateTime', (value) => INSTANT.test(value) && !Number.isNaN(Date.parse(value)));
  restrict(schema, 'URL', (value) => URL.canParse(value));
  return schema;
};

const loaded = new Map<string, GraphQLSchema>();

/** Shopify's own Payments Apps schema of a version, for checking documents or executing them. */
export const paymentsAppsSchema = (version: PaymentsApiVersion): GraphQLSchema => {
  const file = FILES[version];
  const schema = loaded.get(file) ?? load(file);
  loaded.set(file, schema);
  return schema;
};
