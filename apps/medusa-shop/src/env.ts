/** A provider entry of this shop: one gateway account. */
export interface ProviderEntry {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ShopEnv {
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly storefrontUrls: readonly string[];
  readonly orderTiming: 'after_payment' | 'before_payment';
  readonly workerMode: 'shared' | 'server' | 'worker';
  readonly jwtSecret: string;
  readonly cookieSecret: string;
  /** Several processes serve this shop, so they lock in the database. */
  readonly sharedLocking: boolean;
  readonly providers: readonly ProviderEntry[];
  /** The gateways are simulators on this machine. */
  readonly sandbox: boolean;
  /** Whether `/app` is served; it has to be built before. */
  readonly admin: boolean;
  /** Fixed exchange rates, for the simulators: `[{from, to, value}]`. */
  readonly rates: readonly unknown[];
}

type Variables = Readonly<Record<string, string | undefined>>;

const required = (variables: Variables, name: string): string => {
  const value = variables[name];
  if (!value) throw new Error(`${name} is not set: see .env.template of the shop.`);
  return value;
};

const listOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const oneOf = <T extends string>(variables: Variables, name: string, values: readonly [T, ...T[]]): T => {
  const value = variables[name] ?? values[0];
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Error(`${name} is ${value}; it can be ${values.join(' or ')}.`);
  return found;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonList = (variables: Variables, name: string): readonly unknown[] => {
  const read: unknown = JSON.parse(variables[name] ?? '[]');
  if (!Array.isArray(read)) throw new Error(`${name} is no JSON list.`);
  return read;
};

/** The options are checked by the plugin, which names the entry and the field. */
const entryOf = (value: unknown): ProviderEntry => {
  if (!isRecord(value) || typeof value.id !== 'string' || !isRecord(value.options))
    throw new Error('GATEWRIGHT_PROVIDERS: each entry has an id and options.');
  return { id: value.id, options: value.options };
};

/** All that this shop takes from its environment. @throws Error that names the variable */
export const readShopEnv = (variables: Variables = process.env): ShopEnv => ({
  databaseUrl: required(variables, 'DATABASE_URL'),
  publicUrl: required(variables, 'PUBLIC_URL'),
  storefrontUrls: listOf(variables.STOREFRONT_URLS),
  orderTiming: oneOf(variables, 'ORDER_TIMING', ['after_payment', 'before_payment']),
  workerMode: oneOf(variables, 'MEDUSA_WORKER_MODE', ['shared', 'server', 'worker']),
  jwtSecret: required(variables, 'JWT_SECRET'),
  cookieSecret: required(variables, 'COOKIE_SECRET'),
  sharedLocking: variables.SHARED_LOCKING === '1',
  providers: jsonList(variables, 'GATEWRIGHT_PROVIDERS').map(entryOf),
  sandbox: variables.GATEWRIGHT_SANDBOX === '1',
  admin: variables.GATEWRIGHT_SANDBOX !== '1' || variables.SHOW_ADMIN === '1',
  rates: jsonList(variables, 'GATEWRIGHT_RATES'),
});
