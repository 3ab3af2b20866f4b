import type { StorefrontSubject } from './bench.ts';
import { connection } from './connection.ts';
import { moving } from './moving.ts';
import { people } from './people.ts';
import { settling } from './settling.ts';
import type { StorefrontStory } from './story.ts';

const allStories = [...settling, ...people, ...moving, ...connection];

export interface StoryOfStorefront {
  readonly story: StorefrontStory;
  /** True, or why the storefront has no such story. */
  readonly applies: true | string;
}

const appliesTo = ({ needs = [] }: StorefrontStory, subject: StorefrontSubject): true | string =>
  needs.map((need) => need(subject)).find((answer) => answer !== true) ?? true;

/** All stories, and which of them a storefront has: the rows of docs/conformance.md and the tests of its battery. */
export const storiesOfStorefront = (subject: StorefrontSubject): readonly StoryOfStorefront[] =>
  allStories.map((story) => ({ story, applies: appliesTo(story, subject) }));
