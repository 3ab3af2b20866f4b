import { type HeaderLines, singleHeader } from '@gatewright/payment-core';

const BEARER = /^bearer ([\w.-]{1,200})$/i;

/** The token of `Authorization: Bearer …`, which has to stand there exactly once; undefined otherwise. */
export const bearerToken = (headers: HeaderLines): string | undefined => {
  const line = singleHeader(headers, 'authorization');
  return line.ok ? BEARER.exec(line.value)?.[1] : undefined;
};
