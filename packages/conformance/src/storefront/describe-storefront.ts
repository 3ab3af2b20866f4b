import { describe, expect, it } from 'vitest';
import type { StorefrontSubject } from './bench.ts';
import { connection } from './connection.ts';
import { moving } from './moving.ts';
import { people } from './people.ts';
import { settling } from './settling.ts';
import { playStorefrontStory, type StorefrontStory } from './story.ts';

const allStories = [...settling, ...people, ...moving, ...connection];

export interface StoryOfStorefront {
  readonly story: StorefrontStory;
  /** True, or why the storefront has no such story. */
  readonly applies: true | string;
}

/** All stories, and which of them a storefront has: the rows of docs/conformance.md and the tests of its battery. */
export const storiesOfStorefront = (subject: StorefrontSubject): readonly StoryOfStorefront[] =>
  allStories.map((story) => ({ story, applies: story.needs?.(subject) ?? true }));

const checkAgreement = async (subject: StorefrontSubject): Promise<void> => {
  const bench = await subject.open();
  try {
    expect(bench.storefront.readOrder !== undefined).toBe(subject.readsOrders === true);
  } finally {
    await bench.close();
  }
  expect(new Set(allStories.map(({ id }) => id)).size).toBe(allStories.length);
};

/**
 * Every promise of the storefront port, as tests of the caller's vitest, on a real shop or a double of one.
 * @example describeStorefront({ name: 'my shop', readsOrders: true, open: openMyShop });
 */
export const describeStorefront = (subject: StorefrontSubject): void => {
  describe(subject.name, () => {
    for (const { story, applies } of storiesOfStorefront(subject)) {
      if (applies === true) it(story.title, () => playStorefrontStory(story, subject));
    }
    it('has the stories that its port allows', () => checkAgreement(subject));
  });
};
