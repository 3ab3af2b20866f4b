import { registerHooks } from 'node:module';

/** In this process and in the bridges it starts, packages of this repository are their sources: no build is needed, none is stale. */
registerHooks({
  resolve(specifier, context, next) {
    const [, name] = /^@gatewright\/([a-z-]+)$/.exec(specifier) ?? [];
    if (name === undefined) return next(specifier, context);
    return next(new URL(`../../../../packages/${name}/src/index.ts`, import.meta.url).href, context);
  },
});
