import { createHash } from 'node:crypto';
import { themeSheet } from '../look/theme.ts';
import { icon, script, styleSheet } from './sources.ts';

/** A file that pages refer to, at `{basePath}/assets/<name>`. */
export interface Asset {
  readonly type: string;
  readonly body: string;
  readonly cacheControl: string;
}

const digest = (body: string): string => createHash('sha256').update(body).digest('base64url').slice(0, 12);

/** Another body is another name, so a browser may keep it for ever. */
const named = (stem: string, extension: string, type: string, body: string): readonly [string, Asset] => [
  `${stem}-${digest(body)}.${extension}`,
  { type, body, cacheControl: 'public, max-age=31536000, immutable' },
];

const sheetFile = named('pay', 'css', 'text/css; charset=utf-8', styleSheet);
const scriptFile = named('pay', 'js', 'text/javascript; charset=utf-8', script);
const iconFile = named('pay', 'svg', 'image/svg+xml', icon);

export const styleSheetName = sheetFile[0];
export const scriptName = scriptFile[0];
export const iconName = iconFile[0];

/** The files that every page uses. A shop's colours are one more, which `assetNamed` makes from its name. */
export const assets: ReadonlyMap<string, Asset> = new Map([sheetFile, scriptFile, iconFile]);

/** What is served at `{basePath}/assets/<name>`; undefined for a name that no page of ours contains. */
export const assetNamed = (name: string): Asset | undefined => {
  const fixed = assets.get(name);
  if (fixed !== undefined) return fixed;
  const theme = themeSheet(name);
  return theme === undefined
    ? undefined
    : { type: 'text/css; charset=utf-8', body: theme, cacheControl: 'public, max-age=86400' };
};
