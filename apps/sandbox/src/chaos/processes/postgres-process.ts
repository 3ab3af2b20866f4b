import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const serve = fileURLToPath(
  new URL('../../../../../packages/payment-ledger/test/postgres/serve.ts', import.meta.url),
);
const served = z.object({ url: z.string() });

/** A real PostgreSQL of its own. @throws Error with what it said when it does not start */
export const startPostgres = async (): Promise<{ readonly url: string; stop(): Promise<void> }> => {
  const child = spawn(process.execPath, [serve], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const first = once(createInterface(child.stdout), 'line').then(([line]) => String(line));
  const line = await Promise.race([first, ended.then(() => undefined)]);
  if (line === undefined) throw new Error(`chaos: PostgreSQL did not start: ${said}`);
  const { url } = served.parse(JSON.parse(line));
  return {
    url,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
