import fc from 'fast-check';
import { vi } from 'vitest';
import { lookingFurther } from './tools/checks/src/property-tests/looking-further.ts';

/** Property tests draw the same values on every run; FC_SEED and FC_RUNS look further (docs/proof.md). */
fc.configureGlobal({ seed: 20_261_121 });

const instead = lookingFurther(process.env);
if (Object.keys(instead).length > 0)
  vi.doMock('fast-check', async (importOriginal) => {
    const original = await importOriginal<typeof import('fast-check')>();
    const assert: typeof fc.assert = (property, parameters) =>
      original.assert(property, { ...parameters, ...instead });
    return { ...original, assert, default: { ...original.default, assert } };
  });
