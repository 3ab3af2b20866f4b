import fc from 'fast-check';

/** Property tests draw the same values on every run; `npm run fuzz` and `npm run model` look further with `--seed`. */
fc.configureGlobal({ seed: 20_261_121 });
