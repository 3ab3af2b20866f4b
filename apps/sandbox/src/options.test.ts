import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe("the demo's options", () => {
  it('stay up on WooCommerce by default', () => {
    expect(readOptions([])).toEqual({
      ok: true,
      options: { once: false, json: false, platform: 'woocommerce' },
    });
  });

  it('are read', () => {
    const read = readOptions(['--once', '--json', '--platform', 'woocommerce']);
    expect(read).toEqual({ ok: true, options: { once: true, json: true, platform: 'woocommerce' } });
  });

  it.each([['--platform', 'magento'], ['--twice'], ['now']])('refuse %s with the usage', (...args) => {
    const read = readOptions(args);
    expect(read.ok).toBe(false);
    expect(read).toMatchObject({ message: expect.stringContaining('npm run demo') });
  });
});
