import type { HttpClient } from '@gatewright/payment-core';

/** One client for each key, made when it is first asked for: rate limits and pauses live in a client. */
export const createClientPer = <Subject>(parts: {
  readonly key: (subject: Subject) => string;
  readonly make: (subject: Subject) => HttpClient;
}): ((subject: Subject) => HttpClient) => {
  const clients = new Map<string, HttpClient>();
  return (subject) => {
    const key = parts.key(subject);
    const client = clients.get(key) ?? parts.make(subject);
    clients.set(key, client);
    return client;
  };
};
