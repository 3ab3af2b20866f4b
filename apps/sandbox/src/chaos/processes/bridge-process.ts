import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

export interface BridgeSettings {
  readonly databaseUrl: string;
  /** Where shops and gateways reach all replicas. */
  readonly publicUrl: string;
  readonly keys: string;
  readonly port: number;
  readonly clockFile: string;
  /** Told of every line that is logged as an error, and of what the process says when it breaks down. */
  readonly onError: (line: string) => void;
}

/** One bridge as its operator starts it. */
export interface BridgeProcess {
  /** False when it ended before it served anybody. */
  readonly ready: Promise<boolean>;
  /** Resolves when it is gone. */
  readonly ended: Promise<void>;
  /** SIGKILL: it can save nothing. */
  kill(): void;
  /** SIGTERM: it ends in order. */
  terminate(): void;
}

const main = fileURLToPath(new URL('../../../../woocommerce-bridge/src/main.ts', import.meta.url));
const aliases = new URL('../source-aliases.ts', import.meta.url);
const clock = new URL('moved-clock.ts', import.meta.url);

const preloads = (clockFile: string): readonly string[] => {
  const moved = new URL(clock);
  moved.searchParams.set('file', clockFile);
  return ['--import', aliases.href, '--import', moved.href];
};

const environment = (settings: BridgeSettings): Record<string, string> => ({
  DATABASE_URL: settings.databaseUrl,
  GATEWRIGHT_KEYS: settings.keys,
  GATEWRIGHT_SANDBOX: '1',
  GATEWRIGHT_RATES: '[{"from":"USDT","to":"USD","value":"1"},{"from":"TON","to":"USD","value":"2"}]',
  PUBLIC_URL: settings.publicUrl,
  PORT: String(settings.port),
  OPERATOR_PORT: '0',
});

const logLine = z.object({ level: z.number(), msg: z.string().optional() });
/** pino's number for `error`. */
const errorLevel = 50;

const parsed = (text: string): z.output<typeof logLine> | undefined => {
  try {
    return logLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** Calls back for every whole line. */
const lines = (stream: ChildProcess['stdout'], onLine: (line: string) => void): void => {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = `${rest}${chunk}`.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') onLine(part);
  });
};

export const startBridgeProcess = (settings: BridgeSettings): BridgeProcess => {
  const child = spawn(process.execPath, [...preloads(settings.clockFile), main], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(() => undefined);
  const ready = new Promise<boolean>((resolve) => {
    lines(child.stdout, (text) => {
      const line = parsed(text);
      if (line?.msg === 'bridge started') resolve(true);
      if (line !== undefined && line.level >= errorLevel) settings.onError(text);
    });
    ended.then(
      () => resolve(false),
      () => resolve(false),
    );
  });
  lines(child.stderr, settings.onError);
  return {
    ready,
    ended,
    kill: () => void child.kill('SIGKILL'),
    terminate: () => void child.kill('SIGTERM'),
  };
};
