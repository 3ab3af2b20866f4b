import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HeaderRecord, lineOf, receivedAt, type Sender, senders } from './signed-line.fixture.ts';
import { verifyLine } from './verify-line.ts';

const runs = { seed: 20_260_601, numRuns: 400 };

type Change = (bytes: Uint8Array) => Uint8Array;

const at = (position: number, length: number): number => position % Math.max(1, length);

/** One change to a body: a byte altered, put in, taken away, or a piece repeated. */
const bodyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(
    ([position, bits]): Change =>
      (bytes) => {
        const changed = Uint8Array.from(bytes);
        const place = at(position, changed.length);
        changed[place] = (changed[place] ?? 0) ^ bits;
        return changed;
      },
  ),
  fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(
    ([position, more]): Change =>
      (bytes) => {
        const place = at(position, bytes.length + 1);
        return Buffer.concat([bytes.subarray(0, place), more, bytes.subarray(place)]);
      },
  ),
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 })).map(
    ([position, count]): Change =>
      (bytes) => {
        const place = at(position, bytes.length);
        return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + count)]);
      },
  ),
  fc.constant<Change>((bytes) => Buffer.concat([bytes, bytes])),
  fc.constant<Change>((bytes) =>
    Buffer.from(JSON.stringify(JSON.parse(Buffer.from(bytes).toString()), null, 1)),
  ),
);

/** Text that is not the same signature in other letters. */
const otherThan = (text: string, candidate: string): boolean =>
  candidate.replace('sha256=', '').toLowerCase() !== text.replace('sha256=', '').toLowerCase();

const textChange: fc.Arbitrary<(text: string) => unknown> = fc.oneof(
  fc
    .tuple(fc.nat(), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }))
    .map(([position, more]) => (text: string) => {
      const place = at(position, text.length);
      return text.slice(0, place) + more + text.slice(place + 1);
    }),
  fc.nat().map((length) => (text: string) => text.slice(0, at(length, text.length))),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }).map((tail) => (text: string) => text + tail),
  fc.constantFrom(
    (text: string) => [text, text],
    (text: string) => `${text},${text}`,
    (text: string) => text.split('').reverse().join(''),
    () => null,
    () => [],
  ),
);

const withHeader = ({ body, sign, header = '' }: Sender, change: (text: string) => unknown): HeaderRecord => {
  const headers = sign(body);
  return { ...headers, [header]: change(String(headers[header])) };
};

const bySignatureHeader = senders.filter(({ header }) => header !== undefined);
const bySignatureField = senders.filter(({ header }) => header === undefined);

describe.each(bySignatureHeader)('$gateway: a changed request', (from) => {
  const { gateway, body, sign, header = '' } = from;

  it('in its body is refused', () => {
    fc.assert(
      fc.property(bodyChange, (change) => {
        const changed = change(Buffer.from(body));
        fc.pre(!Buffer.from(body).equals(changed));
        const answer = verifyLine(lineOf(gateway, { body: changed, headers: sign(body) }));
        expect(answer).toMatchObject({ verdict: 'reject', layer: 'signature' });
      }),
      runs,
    );
  });

  it('in its signature is refused', () => {
    const good = String(sign(body)[header]);
    fc.assert(
      fc.property(textChange, (change) => {
        const headers = withHeader(from, change);
        const value = headers[header];
        fc.pre(typeof value !== 'string' || otherThan(good, value));
        expect(verifyLine(lineOf(gateway, { headers }))).toMatchObject({
          verdict: 'reject',
          layer: 'signature',
        });
      }),
      runs,
    );
  });
});

describe.each(bySignatureField)('$gateway: a changed request', ({ gateway, body }) => {
  it('is refused, or says no more than the signed half', () => {
    const genuine = verifyLine(lineOf(gateway));
    expect(genuine.verdict).toBe('accept');
    let refused = 0;
    fc.assert(
      fc.property(bodyChange, (change) => {
        const answer = verifyLine(lineOf(gateway, { body: change(Buffer.from(body)) }));
        if (answer.verdict === 'reject') refused += 1;
        else expect(answer).toEqual(genuine);
      }),
      runs,
    );
    expect(refused).toBeGreaterThan(runs.numRuns / 4);
  });

  it('in its id, event or signature is refused', () => {
    const fields = JSON.parse(body);
    fc.assert(
      fc.property(fc.constantFrom('invoice_id', 'event', 'signature'), textChange, (field, change) => {
        const value = change(fields[field]);
        const same = typeof value === 'string' && !otherThan(fields[field], value);
        fc.pre(value !== fields[field] && !(field === 'signature' && same));
        const changed = JSON.stringify({ ...fields, [field]: value });
        expect(verifyLine(lineOf(gateway, { body: changed })).verdict).toBe('reject');
      }),
      runs,
    );
  });
});

describe('any line at all', () => {
  const anyLine = fc.record(
    {
      id: fc.jsonValue(),
      gateway: fc.oneof(fc.constantFrom(...senders.map(({ gateway }) => gateway)), fc.string()),
      config: fc.oneof(fc.constantFrom(...senders.map(({ config }) => config)), fc.jsonValue()),
      headers: fc.oneof(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
        fc.jsonValue(),
      ),
      body: fc.oneof(
        fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
        fc.jsonValue(),
      ),
      receivedAt: fc.oneof(fc.constant(receivedAt), fc.jsonValue()),
      invoice: fc.jsonValue(),
      order: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );

  it('is answered with a reason in kebab case, and never accepted', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        const answer = verifyLine(JSON.stringify(line));
        expect(answer.verdict).toBe('reject');
        expect(answer.reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }),
      { ...runs, numRuns: 2_000 },
    );
  });

  it('is answered also when it is no JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(verifyLine(bytes).verdict).toBe('reject');
      }),
      runs,
    );
  });

  it('an invoice and an order never change a verdict', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...senders),
        fc.jsonValue(),
        fc.jsonValue(),
        ({ gateway }, invoice, order) => {
          expect(verifyLine(lineOf(gateway, { invoice, order })).verdict).toBe('accept');
          const refused = lineOf(gateway, { invoice, order, body: '{}', headers: {} });
          expect(verifyLine(refused).verdict).toBe('reject');
        },
      ),
      runs,
    );
  });
});
