import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright } = commandLine();

describe('wrong use', () => {
  it.each([
    [[]],
    [['nope']],
    [['verify', 'extra']],
    [['verify', '--nope']],
    [['store', 'add']],
    [['store', 'add', '--name', 'a', '--url', 'https://a.example', '--mode', 'real']],
    [['store', 'add', '--name', 'a', '--url', 'not a url', '--mode', 'test']],
    [['account', 'add', '--store', 's', '--gateway', 'paypal']],
    [['account', 'test']],
    [['keys', 'new', '--id', 'a:b']],
  ])('%j ends with 2, and says why on standard error alone', async (args) => {
    const { code, out, err } = await gatewright(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
  });

  it.each([[['--help']], [['verify', '--help']], [['account', 'add', '--help']]])(
    '%j is no wrong use',
    async (args) => {
      const { code, out, err } = await gatewright(args);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('Usage: gatewright');
    },
  );

  it('help shows no database URL, which may hold a password', async () => {
    const { out } = await gatewright(['migrate', '--help'], { DATABASE_URL: 'postgres://u:hunter2@db/x' });
    expect(out).not.toContain('hunter2');
  });
});
