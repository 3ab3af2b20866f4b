import * as z from 'zod';

/** What pg-boss keeps as the output of a job that was given up. */
export const burialSchema = z.object({
  /** The lease it ended in. */
  lease: z.number(),
  reason: z.string(),
});
export type Burial = z.infer<typeof burialSchema>;
