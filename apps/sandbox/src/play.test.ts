import { describe, expect, it } from 'vitest';
import { summarize } from './cell.ts';
import { playCell } from './play.ts';
import type { Scene } from './stories/scene.ts';
import { cannot, expects, type Story, told } from './stories/story.ts';
import { renderTable } from './table.ts';

const cleared: string[] = [];
// A cell only needs the faults to be cleared; the stories themselves run in the demo, which CI runs whole.
const scene = { simulator: { faults: { clear: () => cleared.push('cleared') } } } as unknown as Scene;
const ways = { waiting: 'pending', refundsByGateway: true } as const;
const cast = { platform: 'woocommerce', mode: 'plugin', gateway: 'crypto-pay', ways, scene };
const story = (
  play: Story['play'],
  expected: Story['expected'] = () => expects('processing', 'paid'),
): Story => ({
  name: 'paid',
  expected,
  play,
});

describe('a cell', () => {
  it('is right only when the outcome is the expected one', async () => {
    expect(
      await playCell(
        cast,
        story(async () => told('processing', 'paid')),
      ),
    ).toMatchObject({ ok: true });
    expect(
      await playCell(
        cast,
        story(async () => told('processing', 'waiting')),
      ),
    ).toMatchObject({ ok: false });
    expect(
      await playCell(
        cast,
        story(async () => 'processing, booked 2 times'),
      ),
    ).toMatchObject({ ok: false });
  });

  it('is wrong when the story breaks off, and leaves no fault behind', async () => {
    cleared.length = 0;
    const cell = await playCell(
      cast,
      story(() => Promise.reject(new Error('no page'))),
    );
    expect(cell).toMatchObject({ ok: false, actual: 'broke off: no page' });
    expect(cleared).toEqual(['cleared']);
  });

  it('says why a gateway cannot have it', async () => {
    const cell = await playCell(
      cast,
      story(
        async () => 'never',
        () => cannot('fixed amount'),
      ),
    );
    expect(cell).toMatchObject({ ok: true, expected: 'not-applicable', reason: 'fixed amount' });
    expect(renderTable([cell])).toContain('crypto-pay, paid: fixed amount');
  });

  it('counts', async () => {
    const wrong = await playCell(
      cast,
      story(async () => 'pending'),
    );
    expect(summarize([wrong])).toMatchObject({ passed: 0, failed: 1 });
    expect(renderTable([wrong])).toContain('✗ pending (expected processing; page: paid)');
  });
});
