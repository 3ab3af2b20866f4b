import { expect, test } from 'vitest';
import { accessLog, createLog } from './log.ts';

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

test('the line of an answer has the fields it is made for and no other, whatever it is given', () => {
  const answered = { reqId: 'r-1', method: 'POST', route: '/webhooks/:gateway/:account', status: 200, ms: 3 };
  const text = logged((log) =>
    accessLog(log)(Object.assign({ authorization: 'never-to-be-seen' }, answered)),
  );
  expect(JSON.parse(text)).toEqual({ level: 30, time: expect.any(Number), ...answered, msg: 'answered' });
});

test('lines beside those of answers are censored as before', () => {
  const text = logged((log) => {
    const answered = accessLog(log);
    answered({ reqId: 'r-1', method: 'GET', route: '/readyz', status: 200, ms: 0 });
    log.info({ secret: 'never-to-be-seen' }, 'a');
    log.child({ reqId: 'r-1' }).info({ headers: { authorization: 'never-to-be-seen' } }, 'b');
  });
  expect(text).not.toContain('never-to-be-seen');
  expect(text.match(/\[redacted\]/g)).toHaveLength(2);
});

test('answers are not told where the log begins at warnings', () => {
  const lines: string[] = [];
  const log = createLog({ level: 'warn', destination: { write: (line) => void lines.push(line) } });
  accessLog(log)({ reqId: 'r-1', method: 'GET', route: '/readyz', status: 200, ms: 0 });
  expect(lines).toEqual([]);
});
