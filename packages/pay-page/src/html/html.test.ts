import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, render, said } from './html.ts';

describe('the html tag', () => {
  it('escapes what stands in text and in quoted attributes', () => {
    const hostile = `"><script>alert('1')</script>&amp;`;
    expect(render(html`<a title="${hostile}">${hostile}</a>`)).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</a>',
    );
  });

  it('keeps markup it made itself, in lists too, and shows nothing for nothing', () => {
    expect(
      render(html`<ul>${['a', '<'].map((item) => html`<li>${item}</li>`)}${null}${false}${undefined}</ul>`),
    ).toBe('<ul><li>a</li><li>&lt;</li></ul>');
  });

  it('takes no look-alike of its markup from parsed JSON', () => {
    const forged: unknown = JSON.parse('{"markup":"<b>","Symbol(markup)":"<b>"}');
    // What the types forbid is forced here to see that it still is not shown.
    expect(render(html`${forged as string}`)).not.toContain('<b>');
  });

  it('for any text: no character that could open or close anything is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(render(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('text that acts without being seen', () => {
  it.each([
    ['a right-to-left override', 'invoice\u202egpj.exe', 'invoice\ufffdgpj.exe'],
    ['an isolate that is never closed', 'a\u2067b', 'a\ufffdb'],
    ['a zero-width space', 'pay\u200bpal', 'pay\ufffdpal'],
    ['a byte order mark', '\ufeffa', '\ufffda'],
    ['a Hangul filler', 'a\u3164b', 'a\ufffdb'],
    ['a control character', 'a\u0000b\u009fc', 'a\ufffdb\ufffdc'],
    ['half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['a tower of marks', `a${'\u0301'.repeat(40)}`, `a${'\u0301'.repeat(4)}`],
    ['line breaks', 'a\r\n\u2028b', 'a b'],
  ])('shows %s as a mark or drops it', (_what, text, shown) => {
    expect(render(text)).toBe(shown);
  });

  it('leaves ordinary writing alone', () => {
    for (const text of [
      'Müller & Söhne'.replace('&', 'und'),
      'می‌خواهم',
      '👩‍💻',
      'فاتورة رقم 7',
      'naïve e\u0301',
    ])
      expect(render(text)).toBe(text);
  });

  it("keeps a stranger's direction of writing to itself", () => {
    expect(render(said('طلب'))).toBe('<bdi>طلب</bdi>');
  });
});
