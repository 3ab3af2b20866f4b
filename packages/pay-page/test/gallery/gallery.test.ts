import { describe, expect, it } from 'vitest';
import { languages } from '../../src/language/choose-language.ts';
import { exhibitNames, renderExhibit } from './gallery.ts';

describe.each(exhibitNames)('%s', (name) => {
  it.each(languages.map(({ tag }) => tag))('renders in %s', (tag) => {
    const page = renderExhibit(name, tag);
    expect(page.html).toContain(`<html lang="${tag}"`);
    expect(page.html).toContain(page.live);
    expect(page.live).not.toMatch(/\{\w+\}(?!<|\s)|undefined|\[object/);
  });
});
