import { expect } from 'vitest';
import type { WebhookOnWire } from '../../journey/receiver.ts';
import type { Stage } from '../../journey/stage.ts';
import { expectPaidOnce } from '../expectations.ts';
import { capturePaid } from '../signing.ts';
import type { Condition, GatewayStory } from '../story.ts';

type Forge = (genuine: WebhookOnWire, stage: Stage) => WebhookOnWire | Promise<WebhookOnWire>;

interface HostileWebhook {
  readonly id: string;
  readonly title: string;
  readonly needs?: readonly Condition[];
  /** What the answer may be; 400 or 401 when absent. */
  readonly status?: number;
  readonly forge: Forge;
}

/**
 * A paid invoice whose genuine webhook nobody has seen yet: if the forged one were believed, the order would settle.
 * It is refused with a reason and changes nothing; then the genuine one settles the order, so nothing but the forgery
 * was wrong.
 */
export const refusedStory = ({ id, title, needs = [], status, forge }: HostileWebhook): GatewayStory => ({
  id,
  title,
  needs,
  run: async (stage) => {
    const invoice = await stage.checkout();
    const genuine = await capturePaid(stage, invoice);
    const forged = await forge(genuine, stage);
    const before = await stage.state();
    const answer = await stage.deliver(forged);
    await stage.work();
    expect(status === undefined ? [400, 401] : [status]).toContain(answer.status);
    expect(answer.reason).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(await stage.state()).toEqual(before);
    expect((await stage.deliver(genuine)).status).toBe(200);
    await stage.work();
    await expectPaidOnce(stage, invoice);
  },
});
