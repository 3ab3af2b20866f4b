export { CannotStart } from '@gatewright/operations';
export type { App, AppOptions, MerchantDeps } from './app.ts';
export { type AppEnv, readEnv } from './env.ts';
export { shopDomainSchema } from './sessions/session-headers.ts';
export { sessionPaths } from './sessions/session-routes.ts';
export { startApp } from './start-app.ts';
