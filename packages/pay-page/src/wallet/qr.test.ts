import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { render } from '../html/html.ts';
import { qrSvg } from './qr.ts';

/** Which modules the path paints, read back from its strokes. */
const painted = (svg: string, size: number): readonly (readonly boolean[])[] => {
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = '', y = '', run = ''] of svg.matchAll(/M(\d+) (\d+)\.5h(\d+)/g))
    for (let at = 0; at < Number(run); at += 1) {
      const row = modules[Number(y)];
      if (row) row[Number(x) + at] = true;
    }
  return modules;
};

it.each(['bitcoin:bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq?amount=0.00052317', 'T', 'x'.repeat(300)])(
  'paints exactly the modules of the code, dark on light, with four quiet ones around: %s',
  (text) => {
    const { data, size } = encode(text, { ecc: 'M', border: 4 });
    const svg = render(qrSvg(text, 'Address'));
    expect(painted(svg, size)).toEqual(data);
    expect(svg).toContain('aria-label="Address"');
    expect(data.slice(0, 4).flat()).not.toContain(true);
  },
);
