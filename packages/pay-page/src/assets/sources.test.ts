import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourcesModule } from '../../build/write-sources.ts';

it('sources.ts holds what pay.js, pay.css and icon.svg say (run build/write-sources.ts)', () => {
  expect(readFileSync(new URL('./sources.ts', import.meta.url), 'utf8')).toBe(sourcesModule());
});
