import { registerHooks } from 'node:module';

/** For child processes, which have no vitest: packages of this repository resolve to their sources, not to a build. */
registerHooks({
  resolve(specifier, context, next) {
    const [, name] = /^@gatewright\/([a-z-]+)$/.exec(specifier) ?? [];
    const source =
      name === undefined
        ? specifier
        : new URL(`../../../../packages/${name}/src/index.ts`, import.meta.url).href;
    return next(source, context);
  },
});
