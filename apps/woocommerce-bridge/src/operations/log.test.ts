import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const logged = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  write(createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } }));
  return lines.join('');
};

test('a secret that comes into a line under its own name is censored, three levels deep', () => {
  const secret = 'never-to-be-seen';
  for (const name of [
    'authorization',
    'secret',
    'consumerSecret',
    'token',
    'gatewright-signature',
    'apiKey',
  ]) {
    const text = logged((log) => {
      log.info({ [name]: secret }, 'a');
      log.info({ headers: { [name]: secret } }, 'b');
      log.info({ request: { headers: { [name]: secret } } }, 'c');
    });
    expect([name, text.includes(secret)]).toEqual([name, false]);
    expect(text.match(/\[redacted\]/g)).toHaveLength(3);
  }
});

test('of an error only kind, text and stack are told, not what else it carries', () => {
  const error = Object.assign(new TypeError('it broke'), {
    config: { auth: { password: 'of-the-shop' } },
    request: { headers: { authorization: 'Basic abc' } },
  });
  const text = logged((log) => log.error({ err: error }, 'failed'));
  expect(text).toContain('it broke');
  expect(text).not.toContain('of-the-shop');
  expect(text).not.toContain('Basic abc');
  expect(logged((log) => log.error({ err: 'a text with of-the-shop' }, 'failed'))).not.toContain(
    'of-the-shop',
  );
});
