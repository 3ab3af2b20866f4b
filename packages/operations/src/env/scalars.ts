import * as z from 'zod';
import { fault, type Reading } from './reading.ts';

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));

/** 0 takes a free one. */
export const readPort = (name: string, text: string | undefined, byDefault: number): Reading<number> => {
  const port = portSchema.safeParse(text ?? String(byDefault));
  return port.success
    ? { ok: true, value: port.data }
    : fault(
        'port-malformed',
        `${name} is no port.`,
        `Set ${name} to a number from 0 to 65535, or leave it out.`,
      );
};

const switchSchema = z.enum(['', '0', '1', 'false', 'true']);

/** Off where it is not set. */
export const readSwitch = (name: string, text: string | undefined): Reading<boolean> => {
  const value = switchSchema.safeParse(text ?? '');
  return value.success
    ? { ok: true, value: value.data === '1' || value.data === 'true' }
    : fault('switch-malformed', `${name} is neither on nor off.`, `Set ${name} to 1 or leave it out.`);
};

const levelSchema = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** LOG_LEVEL; `info` where it is not set. */
export const readLogLevel = (text: string | undefined): Reading<string> => {
  const level = levelSchema.safeParse(text ?? 'info');
  return level.success
    ? { ok: true, value: level.data }
    : fault(
        'log-level-unknown',
        'LOG_LEVEL is not known.',
        `Set LOG_LEVEL to one of ${levelSchema.options.join(', ')}.`,
      );
};
