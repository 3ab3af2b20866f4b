import { jobSchema } from '@gatewright/payment-core';
import * as z from 'zod';

/** A job as it moves between engines. A lease does not move: what is leased is due when the lease would have ended. */
export const storedJobSchema = z.strictObject({
  job: jobSchema,
  dueAt: z.number(),
  attempts: z.number(),
  /** Why it was given up; null: it is unfinished. */
  dead: z.string().nullable(),
});
export type StoredJob = z.infer<typeof storedJobSchema>;
