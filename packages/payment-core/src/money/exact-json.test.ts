import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ExactJson, parseExactJson, stringifyExactJson } from './exact-json.ts';
import { isJsonNumber, jsonNumber } from './json-number.ts';

const utf8 = new TextEncoder();

const roundTrip = (text: string): string => {
  const result = parseExactJson(text);
  if (!result.ok) throw new Error(result.reason);
  return stringifyExactJson(result.value);
};

const refusal = (input: string | Uint8Array): string => {
  const result = parseExactJson(input);
  return result.ok ? 'accepted' : result.reason;
};

const toNumbers = (value: ExactJson): unknown => {
  if (isJsonNumber(value)) return Number(value.lexeme);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toNumbers);
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toNumbers(field)]));
};

const lexeme = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String), fc.constant('0')),
    fc.oneof(fc.constant(''), fc.stringMatching(/^\.[0-9]{1,30}$/)),
    fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?[0-9]{1,3}$/)),
  )
  .map((parts) => parts.join(''));

/** A text of JSON with whatever keys come, and what its parser must say: the first key that may not be there, or its value. */
interface Written {
  readonly text: string;
  readonly value: unknown;
  readonly fault?: 'duplicate-key' | 'forbidden-key';
}

const spelling = fc.constantFrom(
  'a',
  'b',
  '0',
  '1',
  '10',
  '',
  '"',
  '\\',
  '{',
  ',',
  '__proto__',
  'isPrototypeOf',
  'é',
  '😀',
);
const spaced = fc.constantFrom('', ' ', '\n\t');

const escapedUnit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

const writeKey = (key: string, escaped: boolean): string =>
  escaped
    ? `"${Array.from({ length: key.length }, (_, at) => escapedUnit(key.charCodeAt(at))).join('')}"`
    : JSON.stringify(key);

const writeObject = (fields: readonly (readonly [string, boolean, string, Written])[]): Written => {
  const value: Record<string, unknown> = Object.create(null);
  let fault: Written['fault'];
  for (const [key, , , field] of fields) {
    if (fault === undefined && key === '__proto__') fault = 'forbidden-key';
    if (fault === undefined && key in value) fault = 'duplicate-key';
    fault ??= field.fault;
    value[key === '__proto__' ? 'forbidden' : key] = field.value;
  }
  const text = fields.map(
    ([key, escaped, space, field]) => `${space}${writeKey(key, escaped)}${space}:${field.text}`,
  );
  return { text: `{${text.join(',')}}`, value, ...(fault === undefined ? {} : { fault }) };
};

const writeArray = (items: readonly Written[]): Written => {
  const fault = items.find((item) => item.fault !== undefined)?.fault;
  return {
    text: `[${items.map((item) => item.text).join(', ')}]`,
    value: items.map((item) => item.value),
    ...(fault === undefined ? {} : { fault }),
  };
};

const written: fc.Arbitrary<Written> = fc.letrec<{ node: Written }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false).map((value) => ({ text: String(value), value })),
    spelling.map((value) => ({ text: JSON.stringify(value), value })),
    lexeme.map((text) => ({ text, value: jsonNumber(text) })),
    fc.array(tie('node'), { maxLength: 3 }).map(writeArray),
    fc.array(fc.tuple(spelling, fc.boolean(), spaced, tie('node')), { maxLength: 4 }).map(writeObject),
  ),
})).node;

const anyText = fc.string({ unit: 'binary', maxLength: 12 });

const exactJson: fc.Arbitrary<ExactJson> = fc.letrec<{ node: ExactJson }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    anyText,
    lexeme.map(jsonNumber),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(
      anyText.filter((key) => key !== '__proto__'),
      tie('node'),
      { maxKeys: 4, noNullPrototype: false },
    ),
  ),
})).node;

describe('parseExactJson and stringifyExactJson', () => {
  it.each([
    '49.90',
    '50.0',
    '0.123456789012345678',
    '1797654321.123456789',
    '1e2',
    '1E+2',
    '-0',
    '-0.0e-10',
    '9007199254740993',
    '184467440737095516160',
  ])('keeps the digits of %s', (number) => {
    expect(roundTrip(number)).toBe(number);
    expect(roundTrip(` {"a": [${number} , {"b":${number}\n}]}`)).toBe(`{"a":[${number},{"b":${number}}]}`);
  });

  it('round-trips every value, numbers by their lexeme', () => {
    fc.assert(
      fc.property(exactJson, (value) => {
        const text = stringifyExactJson(value);
        const again = parseExactJson(utf8.encode(text));
        // A half surrogate is escaped in JSON, so even such text survives.
        expect(again).toMatchObject({ ok: true });
        expect(again.ok && stringifyExactJson(again.value)).toBe(text);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        fc.pre(!json.includes('__proto__'));
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const result = parseExactJson(text);
        expect(result.ok && toNumbers(result.value)).toEqual(JSON.parse(text));
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('says the same of every text, whichever keys repeat, look like an index or are escaped', () => {
    fc.assert(
      fc.property(written, fc.boolean(), ({ text, value, fault }, asBytes) => {
        const result = parseExactJson(asBytes ? utf8.encode(text) : text);
        if (fault === undefined) expect(result).toEqual({ ok: true, value });
        else expect(result).toMatchObject({ ok: false, reason: fault });
      }),
      { seed: 17, numRuns: 3000 },
    );
  });

  it('gives every number its own digits, though JSON.parse puts keys that look like an index in front', () => {
    const result = parseExactJson('{"b":1.0,"10":1,"0":1.00,"a":[1e0,{"2":10e-1,"1":1}]}');
    expect(result).toEqual({
      ok: true,
      value: {
        b: jsonNumber('1.0'),
        10: jsonNumber('1'),
        0: jsonNumber('1.00'),
        a: [jsonNumber('1e0'), { 2: jsonNumber('10e-1'), 1: jsonNumber('1') }],
      },
    });
  });

  it('reads an escaped key as it is, whatever V8 takes it for after it has read another one', () => {
    expect(roundTrip('[{"x":1,"\\\\":1},{"x":1,"\\\\":1}]')).toBe('[{"x":1,"\\\\":1},{"x":1,"\\\\":1}]');
    expect(roundTrip('{"x":1,"\\u0061" : 1}')).toBe('{"x":1,"a":1}');
  });

  it('answers for arbitrary bytes, and accepts only what JSON.parse accepts', () => {
    const jsonLike = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\u0061abe+-.1 \n', '\ufeff', 'é', 'true', '"a":'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), jsonLike), (input) => {
        const result = parseExactJson(input);
        if (!result.ok) return;
        const text = typeof input === 'string' ? input : new TextDecoder().decode(input);
        expect(toNumbers(result.value)).toEqual(JSON.parse(text));
      }),
      { seed: 13, numRuns: 3000 },
    );
  });

  it('CPC-12 refuses a repeated key, also with equal values and in another spelling', () => {
    expect(refusal('{"a":1,"a":2}')).toBe('duplicate-key');
    expect(refusal('{"a":1,"a":1}')).toBe('duplicate-key');
    expect(refusal('{"a":1,"\\u0061":1}')).toBe('duplicate-key');
    expect(refusal('{"x":[{"b":null,"b":null}]}')).toBe('duplicate-key');
    expect(refusal('{"toString":1,"toString":1}')).toBe('duplicate-key');
    expect(refusal('{"a":{"b":1},"c":{"b":1}}')).toBe('accepted');
  });

  it('CPC-12 names the repeated key of the outermost object, and of no inner one', () => {
    const refused = { ok: false, reason: 'duplicate-key' };
    expect(parseExactJson('{"a":1,"\\u0061":1}')).toEqual({ ...refused, key: 'a' });
    expect(parseExactJson('{"a":{"b":1,"b":1}}')).toEqual(refused);
  });

  it('refuses __proto__ in any spelling and sets no prototype for any other key', () => {
    expect(refusal('{"__proto__":{"admin":true}}')).toBe('forbidden-key');
    expect(refusal('{"\\u005f_proto__":null}')).toBe('forbidden-key');
    expect(refusal('[{"a":{"__proto__":1}}]')).toBe('forbidden-key');
    const result = parseExactJson('{"constructor":"c","prototype":{"x":1},"hasOwnProperty":true}');
    expect(result.ok && Object.getPrototypeOf(result.value)).toBeNull();
    expect(result.ok && Object.keys(result.value ?? {})).toEqual([
      'constructor',
      'prototype',
      'hasOwnProperty',
    ]);
  });

  it('looks at the brackets of a long text before it is parsed, and at none inside strings', () => {
    expect(refusal('['.repeat(1_048_576))).toBe('too-deep');
    expect(refusal(`{"a":"${'x'.repeat(20_000)}","b":${'['.repeat(65)}`)).toBe('too-deep');
    for (const inside of ['[', '\\\\[', '\\"[', '{\\\\\\"[']) {
      const text = JSON.stringify({ a: JSON.parse(`"${inside.repeat(20_000)}"`), b: [[['c']]], d: inside });
      expect(refusal(text)).toBe('accepted');
      expect(JSON.parse(roundTrip(text))).toEqual(JSON.parse(text));
    }
  });

  it('stops at 64 levels, however deep the text goes', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(refusal(nested(64))).toBe('accepted');
    expect(refusal(nested(65))).toBe('too-deep');
    expect(refusal(nested(200_000))).toBe('too-deep');
    expect(refusal(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toBe('too-deep');
  });

  it('GN-3 refuses a byte order mark and bytes that are not UTF-8', () => {
    expect(refusal(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toBe('bom');
    expect(refusal('\ufeff{}')).toBe('bom');
    expect(refusal(new Uint8Array([0x22, 0xc3, 0x22]))).toBe('not-utf8');
    expect(refusal(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]))).toBe('not-utf8');
    expect(refusal(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))).toBe('not-utf8');
  });

  it.each(['', ' ', '{', '{"a":1,}', '01', '+1', '.5', '1.', 'NaN', "{'a':1}", '{"a":1} x', '"\u0001"'])(
    'refuses %j as no JSON',
    (text) => {
      expect(refusal(text)).toBe('not-json');
    },
  );

  it('reads escapes, solidus and Unicode as other languages write them', () => {
    const result = parseExactJson('{"u":"https:\\/\\/a\\\\b\\"c","e":"\\u00e9\\ud83d\\ude00"}');
    expect(result).toEqual({ ok: true, value: { u: 'https://a\\b"c', e: 'é😀' } });
  });

  it('writes no number that is not exact', () => {
    // The types forbid these; plain JavaScript callers do not see types.
    for (const value of [1.1, 10n, undefined, { a: undefined }, { a: 1 }, [() => 1]] as unknown[]) {
      expect(() => stringifyExactJson(value as ExactJson)).toThrow(TypeError);
    }
  });
});

describe('jsonNumber', () => {
  it('takes only the text of a JSON number', () => {
    for (const text of ['', '01', '1.', '.1', 'NaN', '1 ', '"1"', '1,2', '0x1', '--1']) {
      expect(() => jsonNumber(text)).toThrow(TypeError);
    }
  });

  it('is recognised across copies of the package, and never in parsed JSON', () => {
    expect(isJsonNumber({ [Symbol.for('gatewright.json-number')]: true, lexeme: '1' })).toBe(true);
    const forged = parseExactJson('{"lexeme":"1","Symbol(gatewright.json-number)":true}');
    expect(forged.ok && isJsonNumber(forged.value)).toBe(false);
  });
});
