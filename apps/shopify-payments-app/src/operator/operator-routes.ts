import {
  bodyTooLarge,
  type Metrics,
  type OperatorApi,
  type OperatorResponse,
  operatorBodyLimit,
  problemResponse,
  routeUnknown,
} from '@gatewright/operations';
import type { Logger } from 'pino';
import { readBody } from '../server/read-body.ts';
import type { WebHandler } from '../server/web-listener.ts';

export interface OperatorRoutes {
  readonly api: OperatorApi;
  readonly metrics: Pick<Metrics, 'registry'>;
  /** `/healthz` and `/readyz`, the same as on the public listener. */
  readonly health: (path: string) => Promise<Response> | undefined;
  readonly log: Logger;
}

const webResponse = ({ status, headers, body }: OperatorResponse): Response =>
  new Response(JSON.stringify(body), { status, headers: { ...headers } });

/** What the operator's own machine reaches: health, numbers and the review queue. */
export const operatorRoutes = ({ api, metrics, health, log }: OperatorRoutes): WebHandler => {
  const call: WebHandler = async (request, { headerLines }) => {
    const body = await readBody(request, operatorBodyLimit);
    if (!body.ok)
      return body.status === 413
        ? webResponse(problemResponse(bodyTooLarge))
        : new Response(null, { status: body.status });
    const { pathname, search } = new URL(request.url);
    const asked = { method: request.method, target: `${pathname}${search}`, headers: headerLines };
    return webResponse((await api({ ...asked, body: body.bytes }, log)) ?? problemResponse(routeUnknown));
  };
  return async (request, caller) => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET') return call(request, caller);
    const { registry } = metrics;
    if (pathname === '/metrics')
      return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
    return (await health(pathname)) ?? call(request, caller);
  };
};
