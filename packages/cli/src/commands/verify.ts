import { gateways } from '@gatewright/payment-core';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark } from '../host.ts';
import type { Run } from '../run.ts';
import { verifyStream } from '../verify/verify-stream.ts';

const help = (): string => `
Reads one webhook per line from standard input, as JSON:

  {"id","gateway","config","headers","body","receivedAt","invoice"?,"order"?}

  gateway     ${gateways()
    .map(({ id }) => id)
    .join(', ')}
  config      the account's configuration
  headers     name: value, or name: [values] for a repeated line
  body        the raw bytes, base64
  receivedAt  Unix seconds
  invoice     {gatewayPaymentId, reference, amount, currency, payable, expiresAt, status}, all optional
  order       {amount, currency}

Answers one line of JSON for each, in order:

  {"id","verdict":"accept"|"reject","reason","layer","facts","dedupeKey","redactedHeaders"}

accept: the bridge would answer 2xx. layer: what stopped it first, one of config, transport, signature, schema,
semantic; null for an accepted one. Standard input holds secrets: do not put it into your shell's history.

Exit code: 0 when every line was answered, 2 for wrong use, 1 when answers could not be written.`;

/** EPIPE: nobody reads the answers any more (`| head -1`), which is no message worth. */
const isClosedPipe = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EPIPE';

const verify = async (host: Host): Promise<Outcome> => {
  if (host.input.isTTY === true) remark(host, 'Reading lines from the keyboard; Ctrl+D ends them.');
  try {
    const bugs = await verifyStream(host.input, host.output);
    if (bugs === 0) return done;
    return fail(
      `${bugs} lines met a mistake in Gatewright.`,
      'They are answered with "internal-error"; their verdict is unknown.',
      'Report them, without the configuration.',
    );
  } catch (error) {
    return fail(
      isClosedPipe(error) ? 'The answers were not read to their end.' : 'Input or output broke off.',
      'Not every line was answered.',
      'Run it again and read all answers.',
    );
  }
};

export const verifyCommand = (run: Run): Command =>
  new Command('verify')
    .description('say why a webhook is accepted or refused')
    .addHelpText('after', help)
    .action(run((host) => verify(host)));
