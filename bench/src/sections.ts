import type { Budget } from './budget.ts';
import { burstFigures, ledgerSizeFigures } from './burst/burst-figures.ts';
import { durabilityFigures } from './burst/durability-figures.ts';
import { medusaFigures } from './medusa/medusa-figures.ts';
import type { SectionName } from './options.ts';
import { looksFigures } from './reads/looks-figures.ts';
import { readsFigures } from './reads/reads-figures.ts';
import type { Figure } from './report/row.ts';
import { scaleFigures } from './scale/scale-figures.ts';
import { startFigures } from './start/start-figures.ts';
import { storingFigures } from './storing/storing-figures.ts';
import { streamRows } from './streams/stream-rows.ts';
import { verifyFigures } from './verify/verify-figures.ts';

export const sections: Readonly<Record<SectionName, (budget: Budget) => Promise<readonly Figure[]>>> = {
  verify: verifyFigures,
  storing: storingFigures,
  burst: burstFigures,
  durability: durabilityFigures,
  'ledger-size': ledgerSizeFigures,
  reads: readsFigures,
  looks: looksFigures,
  start: startFigures,
  streams: streamRows,
  scale: scaleFigures,
  medusa: medusaFigures,
};
