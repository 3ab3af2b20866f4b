import { po } from 'gettext-parser';
import { isNode, nodesOf, type PhpNode, parsePhp } from './php-source.ts';
import { type PluginFile, phpFiles, textOf } from './plugin-files.ts';

export const textDomain = 'gatewright-for-woocommerce';
export const potPath = `languages/${textDomain}.pot`;

/** Functions of WordPress that translate one text; those with plural or context are not used here. */
const translators: ReadonlySet<string> = new Set([
  '__',
  '_e',
  'esc_html__',
  'esc_html_e',
  'esc_attr__',
  'esc_attr_e',
]);
const unsupported: ReadonlySet<string> = new Set(['_n', '_x', '_nx', '_ex', 'esc_html_x', 'esc_attr_x']);

/** A call that translates. `domain` is undefined where the call names none, `text` where it is no literal. */
export interface TranslatedText {
  readonly text: string | undefined;
  readonly domain: string | undefined;
  /** `path:line` */
  readonly at: string;
  /** The `translators:` comment right above it. */
  readonly hint: string | undefined;
}

const literal = (node: unknown): string | undefined =>
  isNode(node) && node.kind === 'string' && typeof node.value === 'string' ? node.value : undefined;

const calledName = (node: PhpNode): string | undefined => {
  if (node.kind !== 'call' || !isNode(node.what) || node.what.kind !== 'name') return undefined;
  return typeof node.what.name === 'string' ? node.what.name.replace(/^\\/, '') : undefined;
};

const hintsOf = (tree: PhpNode): ReadonlyMap<number, string> => {
  const comments = Array.isArray(tree.comments) ? tree.comments.filter(isNode) : [];
  return new Map(
    comments.flatMap((comment): [number, string][] => {
      const text =
        typeof comment.value === 'string' ? /translators:[^*]*/.exec(comment.value)?.[0] : undefined;
      return text === undefined || comment.loc === undefined ? [] : [[comment.loc.end.line, text.trim()]];
    }),
  );
};

/** Every translated text of a source. Throws where a function is used that the catalogue cannot hold. */
export const translatedTexts = (file: PluginFile): readonly TranslatedText[] => {
  const tree = parsePhp(textOf(file), file.path);
  const hints = hintsOf(tree);
  return [...nodesOf(tree)].flatMap((node) => {
    const name = calledName(node);
    if (name !== undefined && unsupported.has(name))
      throw new Error(`${file.path}: ${name} is not extracted`);
    if (name === undefined || !translators.has(name)) return [];
    const [text, domain] = Array.isArray(node.arguments) ? node.arguments : [];
    const line = node.loc?.start.line ?? 0;
    return [
      { text: literal(text), domain: literal(domain), at: `${file.path}:${line}`, hint: hints.get(line - 1) },
    ];
  });
};

/** The catalogue that translators start from, the same bytes for the same sources. */
export const potOf = (files: readonly PluginFile[]): string => {
  const entries: Record<
    string,
    { msgid: string; msgstr: string[]; comments: { reference: string; extracted?: string } }
  > = {};
  for (const { text, at, hint } of phpFiles(files).flatMap(translatedTexts)) {
    if (text === undefined) throw new Error(`${at}: a translated text must be a literal`);
    const path = at.replace(/:\d+$/, '');
    const known = entries[text];
    const references = new Set([...(known?.comments.reference.split('\n') ?? []), path]);
    const extracted = hint ?? known?.comments.extracted;
    entries[text] = {
      msgid: text,
      msgstr: [''],
      comments: { reference: [...references].join('\n'), ...(extracted === undefined ? {} : { extracted }) },
    };
  }
  const headers = {
    'project-id-version': 'Gatewright for WooCommerce',
    'mime-version': '1.0',
    'content-type': 'text/plain; charset=UTF-8',
    'content-transfer-encoding': '8bit',
    'x-domain': textDomain,
  };
  const catalogue = { charset: 'utf-8', headers, translations: { '': entries } };
  return `${po.compile(catalogue, { foldLength: 0 }).toString('utf8').trimEnd()}\n`;
};
