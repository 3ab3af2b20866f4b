import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = (name: string): string =>
  readFileSync(new URL(`../src/assets/${name}`, import.meta.url), 'utf8');

const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());

/** No line of the script continues a text, so indentation and whole-line comments carry nothing. */
const compactScript = (text: string): string =>
  lines(text.replace(/^\s*\/\*\*.*\*\/$/gm, ''))
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');

const compactSheet = (text: string): string =>
  lines(text.replaceAll(/\/\*[\s\S]*?\*\//g, ''))
    .filter((line) => line !== '')
    .join('')
    .replaceAll(/;\}/g, '}')
    .replaceAll(/\s*([{}])\s*/g, '$1')
    .replaceAll(/([;:,]) /g, '$1');

const constant = (name: string, text: string): string => `export const ${name} = ${JSON.stringify(text)};\n`;

/** The text of sources.ts: what pages refer to, inside the program, so that a bundle needs no files beside it. */
export const sourcesModule = (): string =>
  `// Made from pay.js, pay.css and icon.svg by build/write-sources.ts; a test fails when it is not what they say.
// biome-ignore-all format: generated
// biome-ignore-all lint: generated
${constant('script', compactScript(source('pay.js')))}${constant('styleSheet', compactSheet(source('pay.css')))}${constant('icon', source('icon.svg').trim())}`;

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('../src/assets/sources.ts', import.meta.url), sourcesModule());
