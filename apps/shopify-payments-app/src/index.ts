export type { App, AppOptions, MerchantDeps } from './app.ts';
export { CannotStart } from './cannot-start.ts';
export { type AppEnv, readEnv } from './env.ts';
export { sessionPaths } from './sessions/session-routes.ts';
export { startApp } from './start-app.ts';
