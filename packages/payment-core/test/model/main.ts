import { base } from './scenarios/base.ts';
import { explore } from './search/explore.ts';
import { seeded } from './search/seeded.ts';

const started = performance.now();
const [faults, workers] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 1)];
const found = await explore({ ...base, faults, workers }, { maxStates: 100_000, draw: seeded(1) });
process.stdout.write(`${JSON.stringify(found, null, 1)}\n${performance.now() - started} ms\n`);
