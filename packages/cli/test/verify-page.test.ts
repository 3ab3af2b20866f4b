import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { printAnswer } from '../src/verify/answer.ts';
import { verifyLine } from '../src/verify/verify-line.ts';

const page = readFileSync(new URL('../../../docs/verify.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```json\n([^`]*)\n```/g)].map(([, block = '']) => block.split('\n'));

it("the page's example answers what the page says", () => {
  const [lines = [], answers = []] = blocks;
  expect(lines).toHaveLength(2);
  expect(lines.map((line) => printAnswer(verifyLine(line)))).toEqual(answers);
});

it('the page names every reason that a line can be refused for', () => {
  const source = readFileSync(new URL('../src/verify/webhook-line.ts', import.meta.url), 'utf8');
  const reasons = [...source.matchAll(/'(line-[a-z0-9-]+)'/g)].map(([, reason = '']) => reason);
  expect(reasons.length).toBeGreaterThan(8);
  for (const reason of reasons) expect(page).toContain(`\`${reason}\``);
});

it("the page names every reason that a gateway's webhook can be refused for", () => {
  const gateways = [
    'crypto-pay',
    'cryptopayment-center',
    'gatenoc',
    'teleport-pay',
    'ton-nft',
    'xrocket-pay',
  ];
  for (const gateway of gateways) {
    const path = `../../payment-core/src/gateways/${gateway}/webhook.ts`;
    const source = readFileSync(new URL(path, import.meta.url), 'utf8');
    const reasons = [...source.matchAll(/(?:refuse\('\w+', |ignored: )'([a-z0-9-]+)'/g)];
    expect(reasons.length).toBeGreaterThan(0);
    for (const [, reason = ''] of reasons) expect(page).toContain(`\`${reason}\``);
  }
});
