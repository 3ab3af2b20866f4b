import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openMedusaShop } from '../../src/medusa/medusa-shop.ts';
import { untilPaid } from '../../src/medusa/shop/booking.ts';
import { createBlankMedusaProject } from './blank-project.ts';
import { connect, sceneIn, usePlace } from './open-shops.ts';

const place = usePlace();

it('the packed plugin holds what was built, and takes a payment in a blank Medusa project', async () => {
  const { folder, remove } = createBlankMedusaProject();
  onTestFinished(remove);
  const home = join(folder, 'node_modules/@gatewright/medusa-payment-provider');
  const files = globSync('{.,}**/*', { cwd: home });
  expect(existsSync(join(home, 'src'))).toBe(false);
  expect(files.filter((file) => /\.(test|fixture)\.|tsconfig/.test(file))).toEqual([]);

  const shop = await openMedusaShop(place(), { name: 'tarball', orderTiming: 'after_payment', folder });
  onTestFinished(shop.stop);
  const scene = sceneIn(place(), shop, 'teleport-pay');
  const purchase = await scene.checkout();
  const paid = untilPaid(await connect(shop), purchase.cart);
  expect(await scene.act('pay', purchase)).toEqual({ ok: true });
  expect(await paid).toBeGreaterThan(0);
});
