import { isJsonNumber } from '@gatewright/payment-core';
import { headerOf, type JsonFields, jsonBody, type SimulatorRequest } from '../../kernel/http/request.ts';
import type { Merchant } from './state.ts';

const bearer = (request: SimulatorRequest): string | undefined =>
  /^Bearer (\S+)$/.exec(headerOf(request, 'authorization') ?? '')?.[1];

/** All merchant ids that a request names: header, query of a GET, body fields. */
const namedIds = (request: SimulatorRequest, body: JsonFields): readonly string[] => {
  const text = (value: unknown): string | undefined => {
    if (isJsonNumber(value)) return value.lexeme;
    return typeof value === 'string' ? value : undefined;
  };
  const query = request.method === 'GET' ? request.query.get('merchant') : null;
  return [
    headerOf(request, 'merchant'),
    headerOf(request, 'x-merchant-id'),
    query === null || query === '' ? undefined : query,
    text(body.merchant),
    text(body.merchant_id),
  ].filter((id) => id !== undefined);
};

/** Whether the id comes where it must: header, or query of a GET. A body field alone is not enough. */
const hasCredentialId = (request: SimulatorRequest): boolean =>
  headerOf(request, 'merchant') !== undefined ||
  headerOf(request, 'x-merchant-id') !== undefined ||
  (request.method === 'GET' && request.query.has('merchant'));

/**
 * The merchant that a request may speak for. Keys given in both styles must agree, and every merchant id it names
 * must be the key's own. Undefined is 401.
 */
export const authenticate = (
  merchants: ReadonlyMap<string, Merchant>,
  request: SimulatorRequest,
): Merchant | undefined => {
  const keys = [bearer(request), headerOf(request, 'x-merchant-key')].filter((key) => key !== undefined);
  const merchant = merchants.get(keys[0] ?? '');
  if (merchant === undefined || !merchant.active || !hasCredentialId(request)) return undefined;
  if (keys.some((key) => key !== merchant.apiKey)) return undefined;
  const ids = namedIds(request, jsonBody(request) ?? {});
  return ids.every((id) => id === String(merchant.id)) ? merchant : undefined;
};
