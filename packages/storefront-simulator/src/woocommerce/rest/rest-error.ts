import type { Json } from '../store/php-json.ts';

/** What an endpoint answers; an undefined body is an empty one. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export const restOk = (
  body: Json,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): RestAnswer => ({
  status,
  body,
  headers,
});

/** WordPress' error body: `{code, message, data: {status, …}}`. */
export const restError = (
  code: string,
  message: string,
  status: number,
  data: Readonly<Record<string, Json>> = {},
): RestAnswer => ({ status, body: { code, message, data: { status, ...data } } });

/**
 * An error whose data is a bare number: WordPress finds no status in it and answers 500, whatever the number says
 * (woocommerce.md 5.2, refunds).
 */
export const numericDataError = (code: string, message: string, data: number): RestAnswer => ({
  status: 500,
  body: { code, message, data },
});

/** GET and DELETE of a missing order [error-404-order]. */
export const invalidOrderId = (): RestAnswer =>
  restError('woocommerce_rest_shop_order_invalid_id', 'Invalid ID.', 404);

/** PUT of a missing order: 400 and another text [error-update-missing-order]. */
export const updateOfMissingOrder = (): RestAnswer =>
  restError('woocommerce_rest_shop_order_invalid_id', 'ID is invalid.', 400);
