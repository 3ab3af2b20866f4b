import { existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const home = join(__dirname, '..');
const server = join(home, '.medusa/server');
/** By its own name, so that the package's exports decide. */
const name = '@gatewright/medusa-payment-provider';
const require = createRequire(join(home, 'package.json'));

beforeAll(() => {
  if (!existsSync(server)) throw new Error('The plugin is not built: run npm run build first.');
});

// Medusa says "Unable to find module" for any error of an import, so that it has to be seen here (contract 6.4).
describe('the built plugin', () => {
  it('has a payment provider', () => {
    const { default: provider } = require(`${name}/providers/gatewright`);
    expect(provider.module).toBe('payment');
    expect(provider.services.map(({ identifier }: { identifier: string }) => identifier)).toEqual([
      'gatewright',
    ]);
  });

  it('has a module', () => {
    expect(require(`${name}/modules/gatewright`).default.service.name).toBe('GatewrightService');
    expect(require.resolve(`${name}/.medusa/server/src/modules/gatewright`)).toBe(
      require.resolve(`${name}/modules/gatewright`),
    );
  });

  it('has an admin extension, by which Medusa knows that it has one, and its own package.json', () => {
    expect(Object.keys(require(`${name}/admin`))).toContain('widgetModule');
    expect(require(`${name}/package.json`).name).toBe(name);
  });

  it('loads with each of its files', () => {
    const files = globSync('src/**/*.js', { cwd: server }).filter((file) => !file.startsWith('src/admin/'));
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) expect(() => require(join(server, file)), file).not.toThrow();
  });

  it('carries no tests', () => {
    const files = globSync('**/*', { cwd: server });
    expect(files.filter((file) => /\.(test|fixture)\./.test(file))).toEqual([]);
  });
});
