import type { Stage, StageSettings } from '../journey/stage.ts';
import type { GatewaySubject } from './subject.ts';

/** True, or why the gateway has no such story. */
export type Applies = true | string;
export type Condition = (subject: GatewaySubject) => Applies;

/** One story: what happens, and what must have become of it. `run` throws when a promise is broken. */
export interface GatewayStory {
  /** Kebab-case, stable. */
  readonly id: string;
  readonly title: string;
  /** All of them must hold. */
  readonly needs: readonly Condition[];
  readonly settings?: StageSettings;
  readonly run: (stage: Stage) => Promise<void>;
}

export const appliesTo = (story: GatewayStory, subject: GatewaySubject): Applies => {
  for (const need of story.needs) {
    const answer = need(subject);
    if (answer !== true) return answer;
  }
  return true;
};

/** Keeps the literal types of a list of stories, and their order. */
export const stories = (...list: readonly GatewayStory[]): readonly GatewayStory[] => list;
