import { lookSchema } from '@gatewright/pay-page';
import { minutes } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { createShopLook, readShopName } from './shop-look.ts';

const look = lookSchema.parse({ shopName: 'Shop', accent: '#112233' });
const named = (rows: unknown) => readShopName({ graph: async () => ({ data: rows }) });

describe('the name on the pages', () => {
  it('is the shop’s own, asked for every few minutes, and the last one when nobody answers', async () => {
    let now = 0;
    const answers = ['Lamps & Co', undefined, 'Lights'];
    let asked = 0;
    const lookNow = createShopLook(look, { now: () => now }, async () => {
      asked += 1;
      if (answers.length === 0) throw new Error('no shop');
      return answers.shift();
    });
    const names: string[] = [];
    for (const pass of [0, 1, minutes(5), minutes(5), minutes(5)]) {
      now += pass;
      names.push((await lookNow()).shopName);
    }
    expect(names).toEqual(['Lamps & Co', 'Lamps & Co', 'Lamps & Co', 'Lights', 'Lights']);
    expect(asked).toBe(4);
    expect(await lookNow()).toMatchObject({ accent: '#112233' });
  });

  it.each([
    [[{ name: '  Lamps ' }], 'Lamps'],
    [[{ name: 'x'.repeat(200) }], 'x'.repeat(80)],
    [[{ name: ' ' }], undefined],
    [[{ name: null }], undefined],
    [[], undefined],
  ])('is read from %j', async (rows, name) => {
    expect(await named(rows)).toBe(name);
  });
});
