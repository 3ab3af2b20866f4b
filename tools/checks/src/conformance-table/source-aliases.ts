import { registerHooks } from 'node:module';

/** The batteries import the core by its name; here that is its source, so that no build is needed and none is stale. */
registerHooks({
  resolve(specifier, context, next) {
    const [, name] = /^@gatewright\/([a-z-]+)$/.exec(specifier) ?? [];
    if (name === undefined) return next(specifier, context);
    return next(new URL(`../../../../packages/${name}/src/index.ts`, import.meta.url).href, context);
  },
});
