import './source-aliases.ts';

const { processHost, runCli } = await import('../../src/index.ts');
process.exitCode = await runCli(process.argv.slice(2), processHost());
