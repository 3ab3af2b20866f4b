import { nodesOf, type PhpNode } from './php-source.ts';

/** Functions that PHP got after 7.4, up to 8.5; WordPress brings a few of them along, but not all and not always. */
const newerFunctions = new Set(
  `str_contains str_starts_with str_ends_with get_debug_type get_resource_id fdiv preg_last_error_msg
  array_is_list fsync fdatasync enum_exists
  ini_parse_quantity memory_reset_peak_usage openssl_cipher_key_length curl_upkeep mysqli_execute_query
  libxml_get_external_entity_loader
  json_validate str_increment str_decrement mb_str_pad posix_sysconf posix_pathconf posix_fpathconf posix_eaccess
  stream_context_set_options socket_atmark
  array_find array_find_key array_any array_all mb_trim mb_ltrim mb_rtrim mb_ucfirst mb_lcfirst bcfloor bcceil bcround
  bcdivmod fpow http_get_last_response_headers http_clear_last_response_headers request_parse_body grapheme_str_split
  array_first array_last get_error_handler get_exception_handler`.split(/\s+/),
);

const newerTypes = new Set(['mixed', 'never', 'static', 'null', 'false', 'true']);

type Rule = (node: PhpNode) => string | false;

// php-parser gives fields without types: the kind of the node says which there are.
const child = (node: PhpNode, field: string): PhpNode | undefined => {
  const value = node[field];
  return typeof value === 'object' && value !== null && 'kind' in value ? (value as PhpNode) : undefined;
};

const holds = (node: PhpNode | undefined, kind: string): boolean =>
  node !== undefined && [...nodesOf(node)].some((inner) => inner.kind === kind);

const functionNamed = (name: unknown): string | false => {
  if (typeof name !== 'string') return false;
  const plain = name.replace(/^\\/, '');
  return newerFunctions.has(plain.toLowerCase()) && `function ${plain}`;
};

const classConstants = ['name', 'selfreference', 'staticreference', 'parentreference'];

const rules: readonly Rule[] = [
  ({ kind }) => (kind === 'uniontype' || kind === 'intersectiontype') && 'union type',
  ({ kind, flags }) =>
    kind === 'parameter' && typeof flags === 'number' && flags > 0 && 'constructor promotion',
  (node) => (node.readonly === true || node.isReadonly === true) && 'readonly',
  ({ kind, attrGroups }) =>
    kind === 'parameter' && Array.isArray(attrGroups) && attrGroups.length > 0 && 'attribute',
  ({ kind, name }) =>
    kind === 'typereference' &&
    typeof name === 'string' &&
    newerTypes.has(name.toLowerCase()) &&
    `type ${name}`,
  // `mixed` and `never` are names to a parser that does not know them.
  ({ kind, name }) =>
    kind === 'name' && typeof name === 'string' && /^(?:mixed|never)$/i.test(name) && `type ${name}`,
  (node) =>
    node.kind === 'staticlookup' &&
    child(node, 'offset')?.name === 'class' &&
    !classConstants.includes(child(node, 'what')?.kind ?? '') &&
    'class of an object',
  ({ kind, value }) => kind === 'number' && /^0o/i.test(String(value)) && 'octal',
  (node) => node.kind === 'parameter' && holds(child(node, 'value'), 'new') && 'new in a default',
  (node) => node.kind === 'trait' && holds(node, 'classconstant') && 'constant of a trait',
  // Deprecated in 8.4; 7.1 and later know `?int`.
  (node) =>
    node.kind === 'parameter' &&
    child(node, 'type') !== undefined &&
    node.nullable !== true &&
    child(node, 'value')?.kind === 'nullkeyword' &&
    'implicit null',
  (node) => node.kind === 'call' && functionNamed(child(node, 'what')?.name),
  ({ kind, name }) => kind === 'useitem' && functionNamed(name),
  ({ kind, value }) => kind === 'string' && functionNamed(value),
];

/**
 * What PHP 7.4 does not know, or 8.4 complains of, and php-parser lets pass when it is set to 7.4; empty for a clean
 * source. A string that is such a function's name counts as a callback.
 */
export const newerSyntax = (tree: PhpNode): readonly string[] =>
  [...nodesOf(tree)].flatMap((node) =>
    rules.flatMap((rule) => {
      const found = rule(node);
      return found === false ? [] : [`${node.loc?.start.line ?? 0}: ${found}`];
    }),
  );
