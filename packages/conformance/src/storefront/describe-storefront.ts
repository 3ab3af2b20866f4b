import { describe, it } from 'vitest';
import { checkStorefrontAgreement } from './agreement.ts';
import type { StorefrontSubject } from './bench.ts';
import { playStorefrontStory } from './story.ts';
import { storiesOfStorefront } from './story-table.ts';

/**
 * Every promise of the storefront port, as tests of the caller's vitest, on a real shop or a double of one.
 * @example describeStorefront({ name: 'my shop', readsOrders: true, open: openMyShop });
 */
export const describeStorefront = (subject: StorefrontSubject): void => {
  describe(subject.name, () => {
    for (const { story, applies } of storiesOfStorefront(subject)) {
      if (applies === true) it(story.title, () => playStorefrontStory(story, subject));
    }
    it('has the stories that its port allows', () => checkStorefrontAgreement(subject));
  });
};
