import {
  defineMiddlewares,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
} from '@medusajs/framework/http';
import { readShopEnv } from '../env.ts';

const { sandbox } = readShopEnv();

/** What stands below /sandbox is for simulators on this machine; a shop that takes money has none of it. */
const sandboxOnly = (_request: MedusaRequest, response: MedusaResponse, next: MedusaNextFunction): void => {
  if (sandbox) next();
  else response.status(404).json({ type: 'not_found', message: 'Not found' });
};

export default defineMiddlewares({
  routes: [
    { matcher: '/sandbox/*', middlewares: [sandboxOnly] },
    // As Medusa has it for its own route: the signature is over the bytes.
    { matcher: '/sandbox/core-webhooks/*', methods: ['POST'], bodyParser: { preserveRawBody: true } },
  ],
});
