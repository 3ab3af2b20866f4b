import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gateways } from '../../../../packages/payment-core/src/index.ts';
import { type Finding, report } from '../finding.ts';
import { withBlock } from '../page-block.ts';
import { capabilityTable } from './capability-table.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const write = process.argv.includes('--write');

const drift = (file: string, message: string): Finding => ({ file, line: 1, rule: 'gateway-page', message });

/** Compares every gateway's page with its code; `--write` brings the page up to date. */
const findings = gateways().flatMap((gateway): Finding[] => {
  const file = `docs/gateways/${gateway.id}.md`;
  if (!existsSync(root + file)) return [drift(file, 'the gateway has no page')];
  const page = readFileSync(root + file, 'utf8');
  const next = withBlock(page, 'capabilities', capabilityTable(gateway));
  if (next === undefined) return [drift(file, 'the page has no block for the capabilities')];
  if (next === page) return [];
  if (!write) return [drift(file, 'the capabilities differ from the code: npm run docs:gateways')];
  writeFileSync(root + file, next);
  return [];
});

report('gateway pages', findings);
