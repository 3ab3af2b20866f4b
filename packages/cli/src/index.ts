export { readEnvironment } from './env.ts';
export { type Host, processHost } from './host.ts';
export { runCli } from './run-cli.ts';
export type { Answer } from './verify/answer.ts';
export { verifyLine } from './verify/verify-line.ts';
