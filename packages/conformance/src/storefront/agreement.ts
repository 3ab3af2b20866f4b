import { expect } from 'vitest';
import type { StorefrontSubject } from './bench.ts';
import { deedOf, type PlatformFeature, platformFeatures, troubles } from './platform.ts';
import { already, standAt } from './story.ts';
import { storiesOfStorefront } from './story-table.ts';

const isDeed = (feature: PlatformFeature): feature is keyof typeof deedOf => feature in deedOf;

const deedsNeeded = ({ lacks = {} }: StorefrontSubject): ReadonlySet<string> =>
  new Set(
    platformFeatures
      .filter(isDeed)
      .filter((feature) => lacks[feature] === undefined)
      .map((feature) => deedOf[feature]),
  );

/** Whoever says that a repeat cannot be told from the first has no answer for it. */
const checkRepeats = async (subject: StorefrontSubject): Promise<void> => {
  if (subject.lacks?.['tell-repeats'] === undefined || subject.lacks['answer-lost'] !== undefined) return;
  const bench = await subject.open();
  try {
    const { tell, trouble } = await standAt(bench, subject);
    await trouble('answer-lost');
    await tell({ kind: 'settle' });
    expect(await tell({ kind: 'settle' })).not.toEqual(already);
  } finally {
    await bench.close();
  }
};

/**
 * Which stories a storefront has follows from what it says of itself; this is where it is held to that: it reads
 * orders or does not, and its bench can do everything that the platform has and nothing that it lacks. That a shop
 * shows nothing of what it lacks is a story of its own.
 */
export const checkStorefrontAgreement = async (subject: StorefrontSubject): Promise<void> => {
  const { lacks = {} } = subject;
  const bench = await subject.open();
  try {
    expect(bench.storefront.readOrder !== undefined).toBe(subject.readsOrders === true);
    expect(new Set(Object.keys(bench.person))).toEqual(deedsNeeded(subject));
    expect(new Set(Object.keys(bench.trouble))).toEqual(
      new Set(troubles.filter((trouble) => lacks[trouble] === undefined)),
    );
  } finally {
    await bench.close();
  }
  await checkRepeats(subject);
  const all = storiesOfStorefront(subject);
  expect(new Set(all.map(({ story }) => story.id)).size).toBe(all.length);
  for (const { applies } of all) expect(applies).not.toBe('');
};
