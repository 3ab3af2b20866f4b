import * as z from 'zod';
import { AnswerError, createJsonClient, type JsonClient } from '../server/json-client.ts';

/** Who runs the shop: an admin user and their password. */
export interface MerchantLogin {
  readonly email: string;
  readonly password: string;
}

const token = z.object({ token: z.string() });

/**
 * Medusa's admin API for one user. The server's clock moves by hours in a run, so a token that has become too old is
 * renewed.
 */
export const openMerchant = (url: () => string, login: MerchantLogin): JsonClient => {
  let current: Promise<string> | undefined;
  const open = createJsonClient(url, async () => ({}));
  const authorization = async () => {
    current ??= open.post('/auth/user/emailpass', login, token).then((answer) => answer.token);
    return { authorization: `Bearer ${await current}` };
  };
  const client = createJsonClient(url, authorization);
  const renewing = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof AnswerError) || error.status !== 401) throw error;
      current = undefined;
      return call();
    }
  };
  return {
    get: (path, answer) => renewing(() => client.get(path, answer)),
    post: (path, body, answer) => renewing(() => client.post(path, body, answer)),
  };
};
