import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pluginFolder, readPlugin } from './plugin-files.ts';
import { potOf, potPath, textDomain } from './pot.ts';
import { packageVersion, stampVersion } from './version.ts';
import { zipOf } from './zip.ts';

const version = packageVersion();
writeFileSync(`${pluginFolder}/${potPath}`, potOf(readPlugin()));
const dist = fileURLToPath(new URL('../dist', import.meta.url));
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const target = `${dist}/${textDomain}-${version}.zip`;
writeFileSync(target, zipOf(stampVersion(readPlugin(), version), textDomain));
process.stdout.write(`${target}\n`);
