import fc from 'fast-check';

/** Property tests draw the same values on every run; `FAST_CHECK_SEED=n npx vitest run …` looks further. */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_121) });
