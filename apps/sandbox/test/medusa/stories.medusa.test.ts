import { type GatewayId, gatewayIds } from '@gatewright/gateway-simulator';
import { gatewayById } from '@gatewright/payment-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../src/cell.ts';
import type { OrderTiming } from '../../src/medusa/medusa-shop.ts';
import { playAll } from '../../src/medusa/play-all.ts';
import { medusaStories } from '../../src/medusa/stories/medusa-stories.ts';
import { type MedusaStory, waysOf } from '../../src/medusa/stories/medusa-story.ts';
import { usePlace, useShop } from './open-shops.ts';

const place = usePlace();
const after = useShop(place, { name: 'stories_after', orderTiming: 'after_payment' });
const before = useShop(place, { name: 'stories_before', orderTiming: 'before_payment' });

let cells: readonly Cell[] = [];
beforeAll(async () => {
  cells = await playAll(place(), [after(), before()], () => undefined);
});

const applies = (story: MedusaStory, gateway: GatewayId, timing: OrderTiming): boolean => {
  const found = gatewayById(gateway);
  return found !== undefined && story.expected(found.capabilities, waysOf(timing)).applies;
};

describe.each(['after_payment', 'before_payment'] as const)('%s', (timing) => {
  describe.each(gatewayIds)('%s', (gateway) => {
    const stories = medusaStories.filter((story) => applies(story, gateway, timing));
    it.each(stories.map(({ name }) => name))('%s', (name) => {
      const mode = timing.replace('_', '-');
      const played = cells.find(
        (cell) => cell.mode === mode && cell.gateway === gateway && cell.story === name,
      );
      expect(played?.actual).toBe(played?.expected ?? 'played');
    });
  });
});
