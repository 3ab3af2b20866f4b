import { capMs } from './check/timed.ts';
import type { Violation } from './check/violation.ts';
import type { FuzzReport } from './fuzz.ts';

const number = (value: number): string => value.toLocaleString('en-US');
const line = (value: number, words: string): string => `${number(value).padStart(11)}  ${words}`;

const most = ([, a]: readonly [string, number], [, b]: readonly [string, number]): number => b - a;

const outcomes = ({ explored }: FuzzReport): readonly string[] =>
  [...explored.outcomes].sort().flatMap(([gateway, counts]) => {
    const sum = [...counts.values()].reduce((total, value) => total + value, 0);
    return [
      '',
      `${gateway}: ${number(sum)} inputs`,
      ...[...counts].sort(most).map(([name, value]) => line(value, name)),
    ];
  });

/** Enough to send the same request again by hand. */
const told = (violation: Violation): readonly string[] => {
  const { request, mutators } = violation;
  const body = Buffer.from(request.body);
  return [
    '',
    `VIOLATION ${violation.kind} at ${violation.gateway}: ${violation.detail}`,
    `  input ${violation.input}, from "${violation.shape}", mutators: ${mutators.join(' → ') || 'none'}`,
    `  account ${request.account}, received at ${request.receivedAt}`,
    ...request.headers
      .slice(0, 20)
      .map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value.slice(0, 300))}`),
    `  body, ${number(body.length)} bytes, base64: ${body.subarray(0, 3_000).toString('base64')}`,
  ];
};

/** The report for people. */
export const tell = (report: FuzzReport, seed: number, seconds: number): string => {
  const { explored, violations } = report;
  const { slowest } = explored;
  const distinct = [...explored.outcomes.values()].reduce((sum, counts) => sum + counts.size, 0);
  return [
    ...outcomes(report),
    '',
    'inputs that were touched in',
    ...[...explored.inputsByFamily].sort(most).map(([name, value]) => line(value, name)),
    ...violations.flatMap(told),
    '',
    `${number(explored.inputs)} inputs from ${explored.genuine} genuine requests of ${explored.outcomes.size} gateways in ${seconds.toFixed(1)} s`,
    `${number(explored.accepted)} accepted, ${number(explored.inputs - explored.accepted)} refused, ${distinct} different outcomes`,
    `slowest input: ${slowest.ms.toFixed(1)} ms of computing, at most ${capMs} allowed (${slowest.gateway}, ${number(slowest.bytes)} bytes)`,
    `${violations.length === 0 ? 'no violation' : `${violations.length} violations`}; again with --seed ${seed}`,
    '',
  ].join('\n');
};
