import { Buffer } from 'node:buffer';
import { unzipSync } from 'fflate';
import { po } from 'gettext-parser';
import { describe, expect, test } from 'vitest';
import { readPlugin, textOf } from '../build/plugin-files.ts';
import { potOf, potPath, translatedTexts } from '../build/pot.ts';
import { stampVersion } from '../build/version.ts';
import { zipOf } from '../build/zip.ts';

const files = readPlugin();
const folder = 'gatewright-for-woocommerce';

const php = (code: string) => [{ path: 'a.php', bytes: Buffer.from(`<?php\n${code}\n`) }];

describe('the zip', () => {
  test('has the same bytes twice, in every time zone', () => {
    const zone = process.env.TZ;
    const zips = ['UTC', 'Asia/Kolkata', 'America/St_Johns'].map((name) => {
      process.env.TZ = name;
      return Buffer.from(zipOf(files, folder)).toString('base64');
    });
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(new Set(zips).size).toBe(1);
  });

  test('holds one folder with every file as it is, sorted', () => {
    const entries = unzipSync(zipOf(files, folder));
    expect(Object.keys(entries)).toEqual(files.map(({ path }) => `${folder}/${path}`));
    expect(files.map(({ path }) => path)).toEqual([...files.map(({ path }) => path)].sort());
    for (const { path, bytes } of files)
      expect(Buffer.from(entries[`${folder}/${path}`] ?? []).equals(Buffer.from(bytes)), path).toBe(true);
  });

  test('holds nothing that an installation does not need', () => {
    const kinds = new Set(files.map(({ path }) => path.replace(/^.*[./]/, '')));
    expect([...kinds].sort()).toEqual(['LICENSE', 'js', 'php', 'pot', 'txt']);
  });

  test('carries the version in every place, and only there', () => {
    const stamped = stampVersion(files, '1.2.3-beta.1');
    const texts = stamped.map((file) => ({
      path: file.path,
      count: textOf(file).split('1.2.3-beta.1').length - 1,
    }));
    expect(texts.filter(({ count }) => count > 0)).toEqual([
      { path: 'gatewright-for-woocommerce.php', count: 2 },
      { path: 'readme.txt', count: 2 },
    ]);
    expect(stamped.filter((file) => textOf(file).includes('0.0.0'))).toEqual([]);
  });

  test('is not made without a place for the version', () => {
    expect(() => stampVersion([], '1.0.0')).toThrow('no place for the version');
  });
});

describe('the catalogue for translators', () => {
  test('is the one the sources give: run `npm run build -w packages/woocommerce-plugin` after changing a text', () => {
    expect(textOf(files.find(({ path }) => path === potPath)!)).toBe(potOf(files));
  });

  test('can be read, and has texts with their hints', () => {
    const { translations } = po.parse(potOf(files));
    const texts = Object.values(translations['']!).filter(({ msgid }) => msgid !== '');
    expect(texts.length).toBeGreaterThan(100);
    const hinted = texts.find(({ msgid }) => msgid === 'Gatewright: %s');
    expect(hinted?.comments?.extracted).toBe('translators: %s: title of a gateway');
    expect(hinted?.comments?.reference).toBe('includes/gateway/class-single-method.php');
  });

  test('merges a text that stands in two places', () => {
    const two = ['a', 'b'].map((name) => ({
      path: `${name}.php`,
      bytes: Buffer.from("<?php __( 'Same', 'gatewright-for-woocommerce' );"),
    }));
    expect(potOf(two)).toContain('#: a.php\n#: b.php\nmsgid "Same"');
  });

  test('refuses a text that is put together', () => {
    expect(() => potOf(php("__( 'a' . $b, 'gatewright-for-woocommerce' );"))).toThrow('literal');
  });

  test('refuses what it cannot hold', () => {
    expect(() => translatedTexts(php("_n( 'a', 'b', 2, 'c' );")[0]!)).toThrow('_n');
  });
});
