import * as z from 'zod';
import type { DeliveryOutcome } from './delivery-outcome.ts';

/** The URL must be shorter than this (rule 2). */
const REDIRECT_URL_LIMIT = 8_192;

const answerSchema = z.looseObject({ redirect_url: z.string() });

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const isLoopback = (host: string): boolean =>
  host === '127.0.0.1' || host === 'localhost' || host === '[::1]';

const isAbsoluteHttps = (text: string, loopbackHttp: boolean): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (loopbackHttp && protocol === 'http:' && isLoopback(hostname));
};

/** Any 2xx with JSON that holds an absolute https `redirect_url` of less than 8192 bytes (rule 2). */
export const judgeSessionStart =
  (loopbackHttp: boolean) =>
  (status: number, body: string): DeliveryOutcome => {
    if (status < 200 || status > 299) return { ok: false, reason: 'not-2xx', status, body };
    const json = parseJson(body);
    if (json === undefined) return { ok: false, reason: 'not-json', status, body };
    const answer = answerSchema.safeParse(json);
    if (!answer.success) return { ok: false, reason: 'no-redirect-url', status, body };
    const { redirect_url: redirectUrl } = answer.data;
    if (Buffer.byteLength(redirectUrl) >= REDIRECT_URL_LIMIT)
      return { ok: false, reason: 'redirect-url-too-long', status, body };
    if (!isAbsoluteHttps(redirectUrl, loopbackHttp))
      return { ok: false, reason: 'redirect-url-not-https', status, body };
    return { ok: true, status, body, redirectUrl };
  };

/** Refunds, captures and voids are accepted with 201 and with nothing else (rule 4). */
export const judgeFollowUp = (status: number, body: string): DeliveryOutcome =>
  status === 201 ? { ok: true, status, body } : { ok: false, reason: 'not-201', status, body };
