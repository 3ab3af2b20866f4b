import './source-aliases.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GatewaySubject } from '../../../../packages/conformance/src/gateway/subject.ts';
import { type Finding, report } from '../finding.ts';
import { withBlock } from '../page-block.ts';
import { listFiles } from '../repository.ts';
import { type Column, matrix } from './matrix.ts';
import { storefrontTests } from './storefronts.ts';

// Imported here and not above, so that the aliases are there before.
const { gateways } = await import('../../../../packages/payment-core/src/index.ts');
const { storiesOfGateway } = await import('../../../../packages/conformance/src/gateway/story-table.ts');
const { storiesOfStorefront } = await import(
  '../../../../packages/conformance/src/storefront/story-table.ts'
);

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const file = 'docs/conformance.md';
const tests = 'packages/conformance/test/gateway';

const drift = (message: string, where = file): Finding => ({
  file: where,
  line: 1,
  rule: 'conformance',
  message,
});

const isSubject = (value: unknown): value is GatewaySubject =>
  typeof value === 'object' && value !== null && 'gateway' in value && 'webhook' in value;

const readSubjects = async (): Promise<readonly GatewaySubject[]> => {
  const modules = await Promise.all(
    listFiles(root, `${tests}/subjects`, /\.ts$/).map((path) => import(new URL(path, `file://${root}`).href)),
  );
  // A module's namespace is an object of unknown things.
  return modules.flatMap((module: object) => Object.values(module).filter(isSubject));
};

const subjects = await readSubjects();

const missing = gateways()
  .filter(
    ({ id }) =>
      !subjects.some((subject) => subject.gateway.id === id && existsSync(`${root}${tests}/${id}.test.ts`)),
  )
  .map(({ id }) => drift(`the gateway ${id} does not run the battery`, `${tests}/${id}.test.ts`));

const gatewayColumns = (part: 'lifecycle' | 'hostile'): readonly Column[] =>
  subjects.map((subject) => ({
    heading: `[${subject.gateway.title}](../${tests}/${subject.gateway.id}.test.ts)`,
    entries: storiesOfGateway(subject)[part],
  }));

const storefrontColumns = storefrontTests(root).map(({ file: test, ...subject }): Column => {
  const open = (): never => {
    throw new Error('the page opens no shop');
  };
  return { heading: `[${subject.name}](../${test})`, entries: storiesOfStorefront({ ...subject, open }) };
});

const blocks = {
  lifecycle: matrix(gatewayColumns('lifecycle')),
  hostile: matrix(gatewayColumns('hostile')),
  storefronts: matrix(storefrontColumns),
};

/** Compares the page with the batteries; `--write` brings it up to date. */
const findings = (): readonly Finding[] => {
  if (!existsSync(root + file)) return [drift('there is no such page')];
  const page = readFileSync(root + file, 'utf8');
  let next: string | undefined = page;
  for (const [name, block] of Object.entries(blocks)) {
    next = next && withBlock(next, name, block);
    if (next === undefined) return [drift(`the page has no block ${name}`)];
  }
  if (next === page) return [];
  if (!process.argv.includes('--write'))
    return [drift('differs from the batteries: npm run docs:conformance')];
  writeFileSync(root + file, next);
  return [];
};

report('conformance table', [...missing, ...findings()]);
