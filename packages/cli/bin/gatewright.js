#!/usr/bin/env node
import { prepare } from './prepare.js';

if (await prepare()) {
  const { processHost, runCli } = await import('../dist/index.js');
  process.exitCode = await runCli(process.argv.slice(2), processHost());
}
