import { describe, expect, test } from 'vitest';
import { newerSyntax } from '../build/newer-php.ts';
import { nodesOf, parsePhp } from '../build/php-source.ts';
import { phpFiles, readPlugin, textOf } from '../build/plugin-files.ts';
import { textDomain, translatedTexts } from '../build/pot.ts';

const files = readPlugin();
const sources = phpFiles(files).map((file) => [file.path, file] as const);
const main = textOf(files.find(({ path }) => path === 'gatewright-for-woocommerce.php')!);
const readme = textOf(files.find(({ path }) => path === 'readme.txt')!);

const headerField = (text: string, name: string): string | undefined =>
  new RegExp(`^(?: \\* )?${name}: +(.+)$`, 'm').exec(text)?.[1];

describe('PHP 7.4', () => {
  test('there are sources', () => {
    expect(sources.length).toBeGreaterThan(40);
  });

  test.each(sources)('%s', (path, file) => {
    expect(newerSyntax(parsePhp(textOf(file), path))).toEqual([]);
  });

  // What php-parser lets pass must be found by the ban, and what it refuses must be refused.
  test.each([
    ['promotion', 'class A { public function __construct( private int $a ) {} }'],
    ['union type', 'function f( int|string $a ) {}'],
    ['union type', 'class A { private int|null $a; }'],
    ['union type', 'function f(): int|false { return 1; }'],
    ['readonly', 'class A { public readonly int $a; }'],
    ['mixed', 'function f( mixed $a ) {}'],
    ['type static', 'class A { public function f(): static {} }'],
    ['type static', 'class A { public function f(): ?static {} }'],
    ['type null', 'function f(): null {}'],
    ['type false', 'function f( ?false $a ) {}'],
    ['type false', 'class A { private false $a; }'],
    ['type true', 'function f(): true {}'],
    ['class of an object', '$a = $o::class;'],
    ['class of an object', '$a = $this->b()::class;'],
    ['octal', '$a = 0o17;'],
    ['octal', '$a = 0O17;'],
    ['new in a default', 'function f( $a = new B() ) {}'],
    ['new in a default', 'class A { public function __construct( $a = array( new B() ) ) {} }'],
    ['constant of a trait', 'trait T { const A = 1; }'],
    ['implicit null', 'function f( int $a = null ) {}'],
    ['function str_contains', '$a = str_contains( $b, $c );'],
    ['function str_contains', '$a = \\str_contains( $b, $c );'],
    ['function Array_Is_List', 'namespace A; $a = \\Array_Is_List( $b );'],
    ['function json_validate', 'use function json_validate;'],
    ['function array_find', 'use function A\\{ b, }; use function array_find as find;'],
    ['function mb_trim', '$a = array_map( "mb_trim", $b );'],
  ])('the ban finds: %s in %s', (name, code) => {
    expect(newerSyntax(parsePhp(`<?php ${code}`, 'a.php')).join()).toContain(name);
  });

  test.each([
    ['match', '$a = match ( $b ) { 1 => 2 };'],
    ['nullsafe', '$a = $b?->c;'],
    ['named argument', 'f( a: 1 );'],
    ['enum', 'enum A { case B; }'],
  ])('the parser refuses: %s', (_name, code) => {
    expect(() => parsePhp(`<?php ${code}`, 'a.php')).toThrow(SyntaxError);
  });

  test.each([
    'class A { public function f(): ?self { return self::class ? new static() : null; } }',
    '$a = A::class; $b = static::class; $c = 017; $d = 0x1F; $e = 1_000; $f = fn( ?int $g ) => $g ?? null;',
    'function f( ?int $a = null, $b = null, array $c = array() ) { return str_replace( "a", "b", $a ); }',
    'class A { public function str_contains() {} } $a->str_contains(); B::array_find();',
  ])('the ban lets 7.4 pass: %s', (code) => {
    expect(newerSyntax(parsePhp(`<?php ${code}`, 'a.php'))).toEqual([]);
  });
});

describe("wordpress.org's rules", () => {
  test.each(sources)('%s cannot be opened by itself', (_path, file) => {
    const beforeCode = textOf(file).split(/^(?:final |abstract )?class |^(?:define|require_once)\b/m)[0];
    expect(beforeCode).toContain("defined( 'ABSPATH' ) || exit;");
  });

  test.each(sources)('%s translates in our domain, by literals', (path, file) => {
    const wrong = translatedTexts(file).filter(
      ({ text, domain }) => text === undefined || domain !== textDomain,
    );
    expect(wrong.map(({ at }) => at)).toEqual([]);
    expect(path).toMatch(/^[a-z0-9/-]+\.php$/);
  });

  test('every text with a placeholder tells translators what it stands for', () => {
    const silent = sources
      .flatMap(([, file]) => translatedTexts(file))
      .filter(({ text, hint }) => /%(?:\d\$)?[sd]/.test(text ?? '') && hint === undefined);
    expect(silent.map(({ at }) => at)).toEqual([]);
  });

  test.each(sources)('%s stays small', (_path, file) => {
    expect(textOf(file).split('\n').length).toBeLessThanOrEqual(255);
  });

  test('header and readme agree', () => {
    for (const name of ['Requires at least', 'Requires PHP', 'License', 'License URI'])
      expect(headerField(main, name), name).toBe(headerField(readme, name));
    expect(headerField(main, 'Version')).toBe(headerField(readme, 'Stable tag'));
    expect(headerField(main, 'Text Domain')).toBe(textDomain);
    expect(headerField(main, 'Requires Plugins')).toBe('woocommerce');
  });

  test('the readme has what reviewers look for', () => {
    expect(headerField(readme, 'Tags')?.split(', ').length).toBeLessThanOrEqual(5);
    for (const title of [
      'Description',
      'Installation',
      'Frequently Asked Questions',
      'External services',
      'Changelog',
    ])
      expect(readme).toContain(`== ${title} ==`);
    const short = readme.split('\n\n')[1] ?? '';
    expect(short.length).toBeLessThanOrEqual(150);
    expect(readme.startsWith('=== Gatewright for WooCommerce ===\n')).toBe(true);
  });

  test('what is echoed is escaped in the same statement', () => {
    const safe = new Set(['esc_html', 'esc_attr', 'esc_url', 'esc_html__', 'esc_attr__']);
    const raw = sources.flatMap(([path, file]) =>
      [...nodesOf(parsePhp(textOf(file), path))]
        .filter(({ kind }) => kind === 'echo')
        .flatMap((echo) => partsOf(echo.expressions).map((part) => ({ part, line: echo.loc?.start.line })))
        .filter(({ part }) => !isEscaped(part, safe))
        .map(({ line }) => `${path}:${line}`),
    );
    expect(raw).toEqual([]);
  });
});

type Tree = ReturnType<typeof parsePhp>;
// php-parser gives fields without types: the kind says which there are.
const asTree = (value: unknown): Tree => value as Tree;

/** The operands of a chain of concatenations. */
const partsOf = (expressions: unknown): readonly Tree[] =>
  (Array.isArray(expressions) ? expressions : [expressions])
    .map(asTree)
    .flatMap((node) =>
      node.kind === 'bin' && node.type === '.' ? [...partsOf(node.left), ...partsOf(node.right)] : [node],
    );

const isEscaped = (node: Tree, safe: ReadonlySet<string>): boolean =>
  node.kind === 'string' || (node.kind === 'call' && safe.has(String(asTree(node.what).name)));
