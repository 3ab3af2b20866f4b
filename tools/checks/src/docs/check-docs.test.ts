import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { formatFinding } from '../finding.ts';
import { checkDocs } from './check-docs.ts';

const findingsIn = (files: Readonly<Record<string, string>>): string[] => {
  const root = mkdtempSync(join(tmpdir(), 'gatewright-checks-'));
  const manifest = JSON.stringify({ name: 'planted', scripts: { demo: 'true', 'test:pack': 'true' } });
  try {
    for (const [path, text] of Object.entries({ 'package.json': manifest, ...files })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return checkDocs(root).map(formatFinding);
  } finally {
    rmSync(root, { recursive: true });
  }
};

test('links, anchors, scripts and paths that hold are silent', () => {
  const readme = [
    '# Gatewright',
    '## Status: what `works`, today',
    '[docs](docs/README.md) [below](#status-what-works-today) [there](docs/README.md#index) <https://example.org>',
    '`npm run demo` and `packages/cli` and `packages/<name>`',
    '```sh\nnpm run test:pack -- --once\n```',
  ].join('\n\n');
  expect(
    findingsIn({ 'README.md': readme, 'docs/README.md': '# Index', 'packages/cli/index.ts': '' }),
  ).toEqual([]);
});

test.each([
  ['[gone](docs/gone.md)', 'link: docs/gone.md leads nowhere'],
  ['![gone](docs/gone.png)', 'link: docs/gone.png leads nowhere'],
  ['[gone]\n\n[gone]: ./gone.md', 'link: ./gone.md leads nowhere'],
  ['[here](#gone)', 'anchor: #gone: no such heading'],
  ['[there](docs/README.md#gone)', 'anchor: docs/README.md#gone: no such heading'],
  ['`npm run gone`', 'script: package.json has no script gone'],
  ['```sh\nnpm ci && npm run gone -- --once\n```', 'script: package.json has no script gone'],
  ['| word | folder |\n|---|---|\n| a | `packages/gone/src` |', 'path: packages/gone/src does not exist'],
])('%s is found', (text, finding) => {
  expect(findingsIn({ 'README.md': text, 'docs/README.md': '# Index' })).toEqual([`README.md:1 ${finding}`]);
});

test('once there are gateway pages, each gateway has one', () => {
  const gateways = 'packages/payment-core/src/gateways';
  const folders = {
    [`${gateways}/gateway.ts`]: '',
    [`${gateways}/crypto-pay/index.ts`]: '',
    [`${gateways}/gatenoc/index.ts`]: '',
  };
  expect(findingsIn(folders)).toEqual([]);
  expect(findingsIn({ ...folders, 'docs/gateways/gatenoc.md': '# Gatenoc' })).toEqual([
    'docs/gateways/crypto-pay.md:1 gateway-page: the gateway crypto-pay has no page',
  ]);
});
