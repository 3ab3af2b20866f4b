import { amounts } from './amounts.ts';
import { attempts } from './attempts.ts';
import { confirming } from './confirming.ts';
import { dust } from './dust.ts';
import { expiry } from './expiry.ts';
import { modes } from './modes.ts';
import { paying } from './paying.ts';
import { people } from './people.ts';
import { readingFirst } from './reading-first.ts';
import { refunds } from './refunds.ts';
import { saidAgain } from './said-again.ts';
import { scope } from './scope.ts';

/** Every story of an invoice's life, in the order of the table. */
export const lifecycleStories = [
  ...paying,
  ...readingFirst,
  ...confirming,
  ...expiry,
  ...amounts,
  ...dust,
  ...attempts,
  ...people,
  ...refunds,
  ...saidAgain,
  ...scope,
  ...modes,
];
