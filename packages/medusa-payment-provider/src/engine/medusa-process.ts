import type { Finding } from '@gatewright/payment-core';
import * as z from 'zod';
import { faultText } from '../settings/setting-fault.ts';
import type { EngineLog, WorkerMode } from './engine.ts';

/** What Medusa puts into the container of every module. */
export interface MedusaCradle {
  /** medusa-config as Medusa has completed it. */
  readonly configModule: object;
  readonly logger: EngineLog;
}

const modeSchema = z.looseObject({
  projectConfig: z.looseObject({ workerMode: z.enum(['server', 'worker', 'shared']) }),
});

/** `shared` is Medusa's own default. */
export const workerModeOf = (config: unknown): WorkerMode => {
  const read = modeSchema.safeParse(config);
  return read.success ? read.data.projectConfig.workerMode : 'shared';
};

const lockingSchema = z.looseObject({
  modules: z.looseObject({
    locking: z.looseObject({
      options: z.looseObject({
        providers: z.array(z.looseObject({ id: z.string(), is_default: z.boolean().default(false) })),
      }),
    }),
  }),
});

/** Medusa's locking module keeps its locks in memory unless a provider is configured: the only one, or the default. */
export const hasSharedLocking = (config: unknown): boolean => {
  const read = lockingSchema.safeParse(config);
  if (!read.success) return false;
  const { providers } = read.data.modules.locking.options;
  return providers.length === 1 || providers.some(({ is_default: isDefault }) => isDefault);
};

/** The configuration has to be corrected; `message` says what and how. Names no secret. */
export const settingsError = (faults: readonly Finding[]): Error => new Error(faultText(faults));
