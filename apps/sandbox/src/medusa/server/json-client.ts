import type * as z from 'zod';

/** What a server answered that is no success. */
export class AnswerError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'AnswerError';
    this.status = status;
  }
}

export interface JsonClient {
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: unknown, answer: z.ZodType<T>): Promise<T>;
}

/** @param headers asked for each call */
export const createJsonClient = (
  url: () => string,
  headers: () => Promise<Readonly<Record<string, string>>>,
): JsonClient => {
  const call = async <T>(method: string, path: string, body: unknown, answer: z.ZodType<T>): Promise<T> => {
    const response = await fetch(`${url()}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(await headers()) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new AnswerError(response.status, `${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return answer.parse(JSON.parse(text));
  };
  return {
    get: (path, answer) => call('GET', path, undefined, answer),
    post: (path, body, answer) => call('POST', path, body, answer),
  };
};
