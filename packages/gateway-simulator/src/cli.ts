import { parseArgs } from 'node:util';
import { describeGateways } from './control/control-routes.ts';
import { type GatewayId, gatewayIds } from './registry.ts';
import { type GatewaySimulators, startGatewaySimulators } from './start.ts';

const USAGE = `Usage: gateway-simulator [options]

  --port <n>          port of the control API (default 0: a free one); each gateway has a port of its own
  --gateways <ids>    comma-separated: ${gatewayIds.join(', ')} (default: all)
  --seed <n>          ids, secrets and hashes follow from it (default 1)
  --frozen-clock      time moves only when the control API advances it (default: it follows the machine's)
  --json              print one line of JSON: {"control":{"url"},"gateways":{"<id>":{"baseUrl","config"}}}
  --help              print this
`;

export interface CliStreams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

interface CliOptions {
  readonly port: number;
  readonly gateways: readonly GatewayId[];
  readonly seed: number;
  readonly frozenClock: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

type CliParse =
  | { readonly ok: true; readonly options: CliOptions }
  | { readonly ok: false; readonly message: string };

const isGatewayId = (id: string): id is GatewayId => gatewayIds.some((known) => known === id);

const wholeNumber = (text: string, most: number): number | undefined =>
  /^\d{1,15}$/.test(text) && Number(text) <= most ? Number(text) : undefined;

export const parseCliArguments = (args: readonly string[]): CliParse => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        gateways: { type: 'string', default: gatewayIds.join(',') },
        seed: { type: 'string', default: '1' },
        'frozen-clock': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const port = wholeNumber(values.port, 65_535);
    const seed = wholeNumber(values.seed, Number.MAX_SAFE_INTEGER);
    const gateways = values.gateways.split(',');
    if (port === undefined) return { ok: false, message: `--port: not a port: ${values.port}` };
    if (seed === undefined) return { ok: false, message: `--seed: not a whole number: ${values.seed}` };
    if (!gateways.every(isGatewayId))
      return { ok: false, message: `--gateways: choose from ${gatewayIds.join(', ')}` };
    const { json, help } = values;
    return { ok: true, options: { port, seed, gateways, json, help, frozenClock: values['frozen-clock'] } };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : 'unreadable arguments' };
  }
};

const readable = ({ control, gateways }: GatewaySimulators): string => {
  const lines = Object.entries(describeGateways(gateways)).map(
    ([id, { config }]) => `${id.padEnd(22)} ${JSON.stringify(config)}`,
  );
  return [
    `control API            ${control.url}`,
    ...lines,
    'Simulators only: no money moves. Stop with Ctrl+C.',
    '',
  ].join('\n');
};

/**
 * Starts the simulators and prints where they are.
 * @returns the exit code when there is nothing to keep running (2: bad arguments, 1: could not start), else a
 * function that stops them.
 */
export const runCli = async (
  args: readonly string[],
  { out, err }: CliStreams,
): Promise<number | (() => Promise<void>)> => {
  const parsed = parseCliArguments(args);
  if (!parsed.ok) {
    err(`${parsed.message}\n\n${USAGE}`);
    return 2;
  }
  const { port, gateways, seed, frozenClock, json, help } = parsed.options;
  if (help) {
    out(USAGE);
    return 0;
  }
  try {
    const simulators = await startGatewaySimulators({
      gateways,
      seed,
      controlPort: port,
      realTime: !frozenClock,
    });
    const { control } = simulators;
    out(
      json
        ? `${JSON.stringify({ control, gateways: describeGateways(simulators.gateways) })}\n`
        : readable(simulators),
    );
    return simulators.stop;
  } catch (error) {
    err(`gateway-simulator: ${error instanceof Error ? error.message : 'could not start'}\n`);
    return 1;
  }
};
