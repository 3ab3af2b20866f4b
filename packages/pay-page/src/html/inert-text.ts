/** Spaces of any kind become one of ours, so that nothing hides behind a line break. */
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/**
 * Characters that show as nothing and change how their neighbours show: controls, bidirectional overrides, embeddings
 * and isolates, zero-width spaces, fillers, tags, halves of surrogate pairs. Joiners (emoji, Persian) and directional marks stay: inside <bdi>
 * they reach nothing else.
 */
const tricks =
  /\u034f|[\p{Cc}\p{Cs}\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** More marks on one letter than any script writes would paint over the lines around it. */
const stacked = /(\p{M}{4})\p{M}+/gu;

/** Text of strangers made harmless to look at: what would act without being seen shows as a replacement character. */
export const inertText = (text: string): string =>
  text.replace(lineBreaks, ' ').replace(tricks, '\ufffd').replace(stacked, '$1');
