import { expect, it } from 'vitest';
import { transactionLink } from './transaction-link.ts';

const hash = 'a'.repeat(64);

it('leads to the explorer of the network', () => {
  expect(transactionLink('tron', hash)).toBe(`https://tronscan.org/#/transaction/${hash}`);
  expect(transactionLink('ethereum', `0x${hash}`)).toBe(`https://etherscan.io/tx/0x${hash}`);
});

it.each<[Parameters<typeof transactionLink>[0], string | null]>([
  [undefined, hash],
  ['bitcoin', null],
  ['offchain', hash],
  ['bitcoin', 'javascript:alert(1)'],
  ['ton', '../../evil'],
  ['solana', hash.slice(0, 20)],
])('makes no link for %s %s', (network, transaction) => {
  expect(transactionLink(network, transaction)).toBeNull();
});
