import { openWebhookRace } from '@gatewright/sandbox/medusa';
import type { Budget } from '../budget.ts';
import { compare, interleave } from '../measure/rounds.ts';
import type { Figure } from '../report/row.ts';

/** How soon the order of a paid cart is there, in a real Medusa server on a real PostgreSQL. */
export const medusaFigures = async ({ purchases }: Budget): Promise<readonly Figure[]> => {
  const race = await openWebhookRace((what) => console.error(what));
  try {
    // The first order of a server makes it compile the workflows.
    for (const route of ['plugin', 'core'] as const) await race.run(route);
    const samples = await interleave(
      { plugin: () => race.run('plugin'), core: () => race.run('core') },
      purchases,
    );
    return [
      {
        name: "webhook to paid order by the Medusa plugin's route: beside Medusa's own route with the same provider",
        unit: 'ms',
        target: { of: 'ratio', relation: '<', value: 1 },
        ...compare(samples.plugin, samples.core),
        note: "Medusa's own waits 5 s before it looks at a webhook",
      },
    ];
  } finally {
    await race.stop();
  }
};
