import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Finding } from '../finding.ts';
import { listFiles, readManifest } from '../repository.ts';
import { checkInvariants } from './invariants.ts';
import { type Page, readPage } from './page.ts';

type Drift = Pick<Finding, 'rule' | 'message'>;

const isExternal = (href: string): boolean => /^[a-z][a-z+.-]*:/i.test(href);

const linkDrift = (root: string, file: string, page: Page, href: string): Drift[] => {
  if (isExternal(href)) return [];
  const [path = '', anchor] = decodeURI(href).split('#');
  const target = path === '' ? file : posix.join(posix.dirname(file), path);
  if (!existsSync(join(root, target))) return [{ rule: 'link', message: `${href} leads nowhere` }];
  if (!anchor || !target.endsWith('.md')) return [];
  const anchors = path === '' ? page.anchors : readPage(readFileSync(join(root, target), 'utf8')).anchors;
  return anchors.has(anchor) ? [] : [{ rule: 'anchor', message: `${href}: no such heading` }];
};

const scriptDrift = (scripts: Readonly<Record<string, string>>, code: string): Drift[] =>
  [...code.matchAll(/\bnpm run ([\w:.-]+)/g)].flatMap(([, script = '']) =>
    script in scripts ? [] : [{ rule: 'script', message: `package.json has no script ${script}` }],
  );

const repositoryPath = /^(?:packages|apps|tools|docs|bench|\.ci|\.changeset|\.github)\/[\w@./-]*$/;

const pathDrift = (root: string, code: string): Drift[] =>
  repositoryPath.test(code) && !existsSync(join(root, code))
    ? [{ rule: 'path', message: `${code} does not exist` }]
    : [];

const pageFindings = (root: string, scripts: Readonly<Record<string, string>>, file: string): Finding[] => {
  const page = readPage(readFileSync(join(root, file), 'utf8'));
  return [
    ...page.links.flatMap((href) => linkDrift(root, file, page, href)),
    ...page.code.flatMap((code) => [...scriptDrift(scripts, code), ...pathDrift(root, code)]),
  ].map((drift) => ({ file, line: 1, ...drift }));
};

const foldersIn = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []))
    : [];

/** Once there is a page for one gateway, every gateway has one. */
const gatewayPages = (root: string): Finding[] => {
  if (!existsSync(join(root, 'docs/gateways'))) return [];
  return foldersIn(join(root, 'packages/payment-core/src/gateways'))
    .filter((name) => name !== 'fixtures' && !existsSync(join(root, 'docs/gateways', `${name}.md`)))
    .map((name) => ({
      file: `docs/gateways/${name}.md`,
      line: 1,
      rule: 'gateway-page',
      message: `the gateway ${name} has no page`,
    }));
};

/** Where the pages no longer fit the repository: dead links and anchors, unknown scripts, paths that are gone. */
export const checkDocs = (root: string): Finding[] => {
  const { scripts } = readManifest(join(root, 'package.json'));
  return [
    ...listFiles(root, '.', /^(?!CHANGELOG).*\.md$/).flatMap((file) => pageFindings(root, scripts, file)),
    ...gatewayPages(root),
    ...checkInvariants(root),
  ];
};
