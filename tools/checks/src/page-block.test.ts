import { describe, expect, it } from 'vitest';
import { withBlock } from './page-block.ts';

const page = (inside: string) => `# A\n<!-- table:start -->${inside}<!-- table:end -->\nend\n`;

describe('a generated block', () => {
  it('keeps everything around it', () => {
    expect(withBlock(page('old'), 'table', 'new')).toBe(page('\n\nnew\n\n'));
  });

  it('is stable', () => {
    const once = withBlock(page(''), 'table', 'rows') ?? '';
    expect(withBlock(once, 'table', 'rows')).toBe(once);
  });

  it.each([
    ['# A'],
    ['# A\n<!-- table:end --><!-- table:start -->'],
    ['<!-- other:start --><!-- other:end -->'],
  ])('is refused where the page has none: %j', (without) => {
    expect(withBlock(without, 'table', 'rows')).toBeUndefined();
  });
});
