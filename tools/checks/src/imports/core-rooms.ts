import { posix } from 'node:path';
import type ts from 'typescript';
import type { Finding } from '../finding.ts';
import { type ImportSite, importSites } from './import-sites.ts';
import { isTestFile } from './source.ts';

export const coreSource = 'packages/payment-core/src';

const gateways = `${coreSource}/gateways`;
const registry = `${gateways}/registry.ts`;
const open = ['identity/', 'money/', 'invoice/', 'signature/', 'egress/link.ts'].map(
  (path) => `${coreSource}/${path}`,
);
const typeRooms = [`${coreSource}/http/`];
const registries = [registry, `${coreSource}/index.ts`];

/** The gateway folder that a file stands in, or undefined when it stands in none. */
const gatewayOf = (path: string): string | undefined => {
  const [name, file] = posix.relative(gateways, path).split('/');
  return name && name !== '..' && file ? name : undefined;
};

/** The port is what stands beside the gateway folders: gateway.ts and the files it is made of. */
const isPort = (path: string): boolean => posix.dirname(path) === gateways && path !== registry;

const fromGateway = (file: string, target: string, site: ImportSite): string | undefined => {
  const own = gatewayOf(file);
  const other = gatewayOf(target);
  if (other !== undefined) return other === own ? undefined : `gateway ${own} imports gateway ${other}`;
  if (isTestFile(file) || isPort(target) || open.some((room) => target.startsWith(room))) return undefined;
  if (typeRooms.some((room) => target.startsWith(room)))
    return site.typesOnly ? undefined : `only types may be imported from ${posix.dirname(target)}`;
  return `a gateway may import identity, money, invoice, signature, egress/link.ts, http (types) and the port, not ${target}`;
};

/** Inside the core: a gateway knows its own folder, the words of money and the port; only a registry knows gateways. */
export const coreRooms = (file: string, source: ts.SourceFile): Finding[] => {
  if (!file.startsWith(`${coreSource}/`)) return [];
  return importSites(source).flatMap((site): Finding[] => {
    if (!site.specifier.startsWith('.')) return [];
    const target = posix.join(posix.dirname(file), site.specifier);
    const at = { file, line: site.line };
    if (gatewayOf(file) !== undefined) {
      const message = fromGateway(file, target, site);
      return message ? [{ ...at, rule: 'gateway-isolation', message }] : [];
    }
    const named = gatewayOf(target);
    if (named === undefined || registries.includes(file) || isTestFile(file)) return [];
    return [
      { ...at, rule: 'gateway-registry', message: `only a registry may name a gateway, here ${named} is` },
    ];
  });
};
