import { type Html, html } from '../html/html.ts';
import type { Language } from './language.ts';

/** Only the script knows the shopper's time zone, so without it the time says that it is UTC. */
export const clockTime = (language: Language, at: number): Html => {
  const text = new Intl.DateTimeFormat(`${language.tag}-u-nu-latn`, {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(at);
  return html`<time datetime="${new Date(at).toISOString()}" data-clock><bdi>${text}</bdi></time>`;
};

const minute = 60_000;

/** Whole minutes, rounded up: nobody is told that there are none while there are seconds. */
export const minutesUntil = (at: number, now: number): number => Math.max(0, Math.ceil((at - now) / minute));
