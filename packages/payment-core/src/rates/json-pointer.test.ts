import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../money/exact-json.ts';
import { atPointer, isJsonPointer } from './json-pointer.ts';

const text = '{"a":{"b/c":[10,{"":true}],"~":"tilde"},"constructor":null,"":"empty"}';
const parsed = parseExactJson(text);
const at = (pointer: string) => (parsed.ok ? atPointer(parsed.value, pointer) : undefined);

describe('atPointer', () => {
  it('RFC 6901: finds members, items and escaped names', () => {
    expect(at('/a/b~1c/0')).toMatchObject({ lexeme: '10' });
    expect(at('/a/b~1c/1/')).toBe(true);
    expect(at('/a/~0')).toBe('tilde');
    expect(at('/')).toBe('empty');
    expect(at('')).toBe(parsed.ok && parsed.value);
  });

  it.each([
    '/b',
    '/a/b',
    '/a/b~1c/2',
    '/a/b~1c/00',
    '/a/b~1c/-',
    '/a/b~1c/length',
    '/a/~0/0',
    '/a/toString',
    '/a/b~1c/0/lexeme',
  ])('%s: nothing stands there', (pointer) => {
    expect(at(pointer)).toBeUndefined();
  });

  it('finds only what was sent', () => {
    expect(at('/constructor')).toBeNull();
    expect(at('/constructor/name')).toBeUndefined();
    expect(at('/a/__proto__')).toBeUndefined();
  });
});

describe('isJsonPointer', () => {
  it.each(['', '/', '/a/0', '/a~0b/~1', '/ключ'])('%s is one', (pointer) => {
    expect(isJsonPointer(pointer)).toBe(true);
  });
  it.each(['a', 'a/b', '#/a', '/~', '/~2'])('%s is none', (pointer) => {
    expect(isJsonPointer(pointer)).toBe(false);
  });
});
