import * as z from 'zod';
import { judgeWebhookUrl } from './loopback.ts';

/** An account's webhook URL at creation: loopback, or null for none. */
export const webhookUrlOption = z
  .string()
  .refine((url) => judgeWebhookUrl(url).ok, 'must be an http(s) URL on loopback')
  .nullable()
  .default(null);
