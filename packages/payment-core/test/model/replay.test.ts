import { expect, test } from 'vitest';
import { plantedBugs } from './planted/planted.ts';
import { runModel } from './run-model.ts';
import { drawnScenario } from './scenarios/drawn.ts';
import { choicesIn } from './search/choices.ts';
import { explore } from './search/explore.ts';
import { seeded } from './search/seeded.ts';
import { stateText } from './search/state-text.ts';
import { walk } from './search/walk.ts';
import { createPlayer } from './world/player.ts';

test('a world that is put back and run again from its logs goes on like one that was never left', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const draw = seeded(seed);
    const scenario = drawnScenario(draw);
    const straight = createPlayer(scenario);
    const putBack = createPlayer(scenario);
    const elsewhere = await putBack.begin();
    let world = await straight.begin();
    let again = elsewhere;
    for (let step = 0; step < 80; step += 1) {
      const choices = choicesIn(world, scenario);
      const choice = choices[draw(Math.max(1, choices.length))];
      if (!choice) break;
      world = await straight.play(world, choice);
      // Playing from the beginning in between throws away everything that is alive.
      const first = choicesIn(elsewhere, scenario)[0];
      if (first) await putBack.play(elsewhere, first);
      again = await putBack.play(again, choice);
      expect(stateText(again)).toBe(stateText(world));
    }
  }
});

test('the same seed draws the same schedule', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const [once, twice] = [seeded(seed), seeded(seed)];
    const first = await walk(drawnScenario(once), once);
    expect(await walk(drawnScenario(twice), twice)).toEqual(first);
  }
});

test('the same seed finds the same trace, also where the exploration is cut off', async () => {
  const planted = plantedBugs.find(({ breaks }) => breaks === 'fulfilled-twice');
  if (!planted) throw new Error('no such planted bug');
  const scenario = { ...planted.scenario, design: planted.design };
  const look = (maxStates: number) =>
    explore(scenario, { maxStates, draw: seeded(7), only: ['fulfilled-twice'] });
  expect(await look(60_000)).toEqual(await look(60_000));
  expect(await look(300)).toEqual(await look(300));
});

test('one scenario can be run by name, and what was explored is printed with the seed', async () => {
  const lines: string[] = [];
  const print = (line: string): void => {
    lines.push(line);
  };
  const report = await runModel({ seed: 5, large: false, only: 'one fault, unreadable', print });
  expect(report).toMatchObject({ violations: 0, walks: 0 });
  expect(report.states).toBeGreaterThan(100);
  expect(lines.join('\n')).toMatch(/seed 5[\s\S]*one fault, unreadable.*complete[\s\S]*0 violations/);
});
