/** In UTC, so that the page is the same where it is made and where it is read. */
export const instantText = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

export function Instant({ at }: { readonly at: string }) {
  return <time dateTime={at}>{instantText(at)}</time>;
}
