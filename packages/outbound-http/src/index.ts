export { createAccountClients } from './account-clients.ts';
export { createClientPer } from './client-per.ts';
export { createHttpClient, type HttpClientSettings } from './http-client.ts';
export {
  createNodeEgress,
  createNodeHttpClient,
  type NodeEgressSettings,
  type NodeHttpClientSettings,
} from './node-http-client.ts';
export { createNodeResolver } from './node-resolver.ts';
export { createNodeTransport, type NodeTransportSettings } from './node-transport.ts';
export type { RateLimit } from './rate-limiter.ts';
