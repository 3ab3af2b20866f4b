/**
 * Fields whose value differs from run to run; of these only the type is compared. Everything else must be equal,
 * keys in the same order.
 */
const VOLATILE = new Set([
  'id',
  'number',
  'date_created',
  'date_created_gmt',
  'date_modified',
  'date_modified_gmt',
  'date_paid',
  'date_paid_gmt',
  'date_completed',
  'date_completed_gmt',
  'order_id',
  'order_number',
  'order_key',
  'cart_hash',
  'arg',
]);

/** Meta keys whose value is a moment. */
const VOLATILE_META = new Set(['_wp_trash_meta_time']);

const VOLATILE_QUERY = /([?&](?:key|order|order_id|_wpnonce)=)[\w-]+/g;
const OAUTH_QUERY = /&?oauth_\w+=[^&>]*/g;

/** Host, numbers in the path, order keys and nonces of a URL; the parameters that OAuth adds. */
export const normaliseUrl = (text: string): string =>
  decodeURIComponent(text)
    .replace(OAUTH_QUERY, '')
    .replace(/\?(?=>|$)/g, '')
    .replace(/https?:\/\/127\.0\.0\.1:\d+/g, 'HOST')
    .replace(/\/\d+(?=[/?>]|$)/g, '/N')
    .replace(VOLATILE_QUERY, '$1X');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

const leaf = (expected: unknown, actual: unknown): boolean => {
  if (typeof expected !== 'string' || typeof actual !== 'string') return Object.is(expected, actual);
  return expected.includes('127.0.0.1')
    ? normaliseUrl(expected) === normaliseUrl(actual)
    : expected === actual;
};

const isVolatile = (key: string, parent: Record<string, unknown>): boolean =>
  VOLATILE.has(key) || (key === 'value' && VOLATILE_META.has(String(parent.key)));

const compareRecords = (
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  path: string,
): string[] => {
  const [wanted, got] = [Object.keys(expected).join(' '), Object.keys(actual).join(' ')];
  const keys = wanted === got ? [] : [`${path}: keys are "${got}", recorded "${wanted}"`];
  const shared = Object.keys(expected).filter((key) => key in actual);
  const values = shared.flatMap((key) => {
    const at = `${path}.${key}`;
    if (!isVolatile(key, expected)) return differences(expected[key], actual[key], at);
    const [want, have] = [typeName(expected[key]), typeName(actual[key])];
    return want === have ? [] : [`${at}: is ${have}, recorded ${want}`];
  });
  return [...keys, ...values];
};

/** Every place where the double's body differs from the recorded one; empty when it is as recorded. */
export const differences = (expected: unknown, actual: unknown, path = '$'): string[] => {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) {
      return [`${path}: has ${actual.length} entries, recorded ${expected.length}`];
    }
    return expected.flatMap((entry, index) => differences(entry, actual[index], `${path}[${index}]`));
  }
  if (isRecord(expected) && isRecord(actual)) return compareRecords(expected, actual, path);
  if (leaf(expected, actual)) return [];
  return [`${path}: is ${JSON.stringify(actual)}, recorded ${JSON.stringify(expected)}`];
};

/** Headers that carry meaning; the rest (date, connection, length) belongs to the HTTP server. */
const COMPARED_HEADERS = [
  'content-type',
  'x-powered-by',
  'x-robots-tag',
  'x-content-type-options',
  'access-control-expose-headers',
  'access-control-allow-headers',
  'allow',
  'vary',
  'expires',
  'cache-control',
  'link',
  'location',
  'x-wp-total',
  'x-wp-totalpages',
];

export const headerDifferences = (
  expected: Readonly<Record<string, string | string[]>>,
  actual: Headers,
): string[] =>
  COMPARED_HEADERS.flatMap((name) => {
    const want = expected[name] === undefined ? null : normaliseUrl(String(expected[name]));
    const value = actual.get(name);
    const have = value === null ? null : normaliseUrl(value);
    return want === have ? [] : [`header ${name}: is ${have}, recorded ${want}`];
  });
