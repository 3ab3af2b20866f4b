import { hostileStories } from './hostile/hostile.ts';
import { lifecycleStories } from './lifecycle/lifecycle.ts';
import { type Applies, appliesTo, type GatewayStory } from './story.ts';
import type { GatewaySubject } from './subject.ts';

export interface StoryOfGateway {
  readonly story: GatewayStory;
  /** True, or why the gateway has no such story. */
  readonly applies: Applies;
}

/** All stories, and which of them a gateway has: the rows of docs/conformance.md and the tests of its battery. */
export const storiesOfGateway = (
  subject: GatewaySubject,
): { readonly lifecycle: readonly StoryOfGateway[]; readonly hostile: readonly StoryOfGateway[] } => {
  const withReason = (story: GatewayStory): StoryOfGateway => ({ story, applies: appliesTo(story, subject) });
  return { lifecycle: lifecycleStories.map(withReason), hostile: hostileStories.map(withReason) };
};
