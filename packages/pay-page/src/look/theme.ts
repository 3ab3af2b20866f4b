import type { Look } from './look.ts';

/** The part of a look that is a style sheet of its own, so that no style stands in a page (CSP). */
interface Theme {
  readonly accent: string;
  readonly accentDark: string;
  readonly radius: string;
  readonly font: Look['font'];
}

const namePattern = /^theme-([0-9a-f]{6})-([0-9a-f]{6})-(\d|1\d|2[0-4])-(system|serif|rounded)\.css$/;

const fonts: Readonly<Record<Look['font'], string>> = {
  system: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif',
  serif: 'ui-serif, Georgia, "Noto Serif", "Noto Naskh Arabic", serif',
  rounded: 'ui-rounded, "SF Pro Rounded", "Nunito", system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif',
};

/** Name of the style sheet that carries a look's variables. The name says everything, so nothing has to be stored. */
export const themeName = ({ accent, accentDark, radius, font }: Look): string =>
  `theme-${accent.slice(1)}-${(accentDark ?? accent).slice(1)}-${radius}-${font}.css`.toLowerCase();

/** One channel as WCAG 2.2 weighs it ("relative luminance"). */
const linear = (channel: number): number => {
  const share = channel / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (hex: string): number => {
  const channel = (at: number): number => linear(Number.parseInt(hex.slice(at, at + 2), 16));
  return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
};

/** Black or white, whichever stands out more: one of them always reaches 4.5 to 1 (WCAG 1.4.3). */
const textOn = (hex: string): string => ((luminance(hex) + 0.05) ** 2 > 1.05 * 0.05 ? '#000' : '#fff');

const colours = (hex: string): string => `--accent:#${hex};--on-accent:${textOn(hex)}`;

const sheet = ({ accent, accentDark, radius, font }: Theme): string =>
  `:root{${colours(accent)};--radius:${radius}px;--font:${fonts[font]}}
@media (prefers-color-scheme:dark){:root{${colours(accentDark)}}}
`;

/** The style sheet of that name; undefined for any other name. */
export const themeSheet = (name: string): string | undefined => {
  const [, accent, accentDark, radius, font] = namePattern.exec(name) ?? [];
  const known = font === 'system' || font === 'serif' || font === 'rounded';
  return accent && accentDark && radius && known ? sheet({ accent, accentDark, radius, font }) : undefined;
};
