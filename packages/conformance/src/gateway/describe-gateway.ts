import { describe, expect, it } from 'vitest';
import { openStage } from '../journey/open-stage.ts';
import { checkAgreement } from './agreement.ts';
import type { GatewayStory } from './story.ts';
import { type StoryOfGateway, storiesOfGateway } from './story-table.ts';
import type { GatewaySubject } from './subject.ts';

/** Runs one story on a stage of its own. @throws what was promised and not kept */
export const playStory = async (story: GatewayStory, subject: GatewaySubject): Promise<void> => {
  const { stage, close } = await openStage(subject, story.settings);
  try {
    await story.run(stage);
    expect(stage.receiver.crashes).toEqual([]);
  } finally {
    await close();
  }
};

const register = (all: readonly StoryOfGateway[], subject: GatewaySubject): void => {
  for (const { story, applies } of all) {
    if (applies === true) it(story.title, () => playStory(story, subject));
  }
};

/**
 * Every promise of the gateway port, as tests of the caller's vitest: the life of an invoice with all that can go
 * wrong, and every webhook that a stranger could send. A story that the gateway cannot have is left out; the last
 * test holds the gateway to what it says of itself.
 * @example describeGateway({ gateway: register(acmePay), happens, webhook, open: openAcmeBench });
 */
export const describeGateway = (subject: GatewaySubject): void => {
  const { lifecycle, hostile } = storiesOfGateway(subject);
  describe(subject.gateway.title, () => {
    describe('the life of an invoice', () => register(lifecycle, subject));
    describe('a hostile webhook', () => register(hostile, subject));
    it('has the stories that its capabilities allow', () => checkAgreement(subject));
  });
};
