import { expect, it } from 'vitest';
import { mustStart, startWorld } from '../engine/world.fixture.ts';
import { leadOn } from './lead-on.ts';

const scene = async () => {
  const world = await startWorld();
  const first = (await mustStart(world.start())).row;
  const leave = () => world.engine.sessions.markGone(first.id, world.engine.ports.clock.now());
  const next = async () => (await mustStart(world.start({ amount: '30' }))).row;
  const ask = async (method: string, rest = '') => {
    const answer = await leadOn(world.engine, method, `/gatewright/pay/${first.page}${rest}`);
    return answer && [answer.status, answer.headers.get('location')];
  };
  return { ...world, first, leave, next, ask };
};

it('leaves the page of a living session alone', async () => {
  const { ask } = await scene();
  expect(await ask('GET')).toBeUndefined();
  expect(await ask('POST', '/choose')).toBeUndefined();
});

it('leads from the page of a session that is gone to the newest one of the cart', async () => {
  const { ask, next, leave } = await scene();
  const newest = await next();
  await leave();
  const there = [303, `/gatewright/pay/${newest.page}`];
  expect(await ask('GET')).toEqual(there);
  expect(await ask('HEAD')).toEqual(there);
  expect(await ask('POST', '/choose')).toEqual(there);
  expect(await ask('GET', '/events')).toBeUndefined();
});

it('makes nothing on the page of a session that is gone, also where there is no other', async () => {
  const { ask, leave, first } = await scene();
  await leave();
  expect(await ask('GET')).toBeUndefined();
  expect(await ask('POST', '/choose')).toEqual([303, `/gatewright/pay/${first.page}`]);
});

it('stays where the old page shows money', async () => {
  const { ask, next, leave, simulators, engine } = await scene();
  const [payment] = simulators.gateways['crypto-pay'].payments();
  await simulators.gateways['crypto-pay'].shopper.pay(payment?.id ?? '');
  await engine.work();
  await next();
  await leave();
  expect(await ask('GET')).toBeUndefined();
});

it('knows nothing of other addresses', async () => {
  const { engine } = await scene();
  expect(await leadOn(engine, 'GET', '/gatewright/pay/assets/page.css')).toBeUndefined();
  expect(await leadOn(engine, 'GET', `/gatewright/pay/${'A'.repeat(22)}`)).toBeUndefined();
});
