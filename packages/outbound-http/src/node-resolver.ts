import { lookup } from 'node:dns/promises';
import type { Resolver } from '@gatewright/payment-core';

/**
 * The operating system's resolver (hosts file included), all addresses of both families.
 * Rejects when there is no answer within the limit.
 */
export const createNodeResolver =
  (limitMs = 5_000): Resolver =>
  async (host) => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('dns: no answer in time')), limitMs);
    });
    try {
      const answers = await Promise.race([lookup(host, { all: true }), limit]);
      return answers.map(({ address }) => address);
    } finally {
      clearTimeout(timer);
    }
  };
