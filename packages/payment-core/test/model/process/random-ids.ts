import type { RandomBytes } from '../../../src/identity/identity.ts';

/** The bytes that base64url writes as "GWID": every id of the model begins with it, so that a state's text can be renamed. */
const mark = [0x19, 0x62, 0x03];

/**
 * Chance as a function of who draws and when: nine bytes that no other draw of the run has, then zeros. Drawn again by
 * a process that is run again, they are the same.
 */
export const drawnBytes =
  (drawnBy: () => { readonly process: number; readonly step: number; readonly draw: number }): RandomBytes =>
  (count) => {
    const { process, step, draw } = drawnBy();
    const bytes = [...mark, process >> 8, process & 255, step >> 8, step & 255, draw >> 8, draw & 255];
    return Uint8Array.from({ length: count }, (_, index) => bytes[index] ?? 0);
  };

const idPattern = /GWID[\w-]{8}/g;

/** Names ids by the order in which they first appear, so that states that differ only by names have one text. */
export const renameIds = (text: string): string => {
  const names = new Map<string, string>();
  return text.replace(idPattern, (id) => {
    const known = names.get(id);
    if (known !== undefined) return known;
    const name = `#${names.size}`;
    names.set(id, name);
    return name;
  });
};

/** For sorting rows by what they say and not by how they are called. */
export const maskIds = (text: string): string => text.replace(idPattern, '#');
