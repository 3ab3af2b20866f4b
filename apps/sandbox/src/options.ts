import { parseArgs } from 'node:util';
import * as z from 'zod';

const schema = z.object({
  once: z.boolean().default(false),
  json: z.boolean().default(false),
  platform: z.enum(['woocommerce', 'medusa', 'shopify']).default('woocommerce'),
});
export type Options = z.infer<typeof schema>;

export type OptionsResult =
  | { readonly ok: true; readonly options: Options }
  | { readonly ok: false; readonly message: string };

const usage = 'Use: npm run demo -- [--once] [--json] [--platform woocommerce|medusa|shopify]';

/** `--once` ends after the table, `--json` makes the last line of standard output the result. */
export const readOptions = (args: readonly string[]): OptionsResult => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { once: { type: 'boolean' }, json: { type: 'boolean' }, platform: { type: 'string' } },
    });
    const options = schema.safeParse(values);
    return options.success
      ? { ok: true, options: options.data }
      : { ok: false, message: `There is no such platform yet. ${usage}` };
  } catch (error) {
    return { ok: false, message: `${error instanceof Error ? error.message : 'Bad arguments.'} ${usage}` };
  }
};
