import { expect, test } from 'vitest';
import { readStoreSettings, withRestOnly } from './store-settings.ts';

test.each([
  undefined,
  null,
  {},
  { restOnly: null },
  { restOnly: true },
  { restOnly: { methods: [] } },
  { restOnly: { methods: ['bad id!'] } },
  { restOnly: { methods: ['bacs'], linkText: 'no link in it' } },
  { restOnly: { methods: ['bacs'], deadlineHours: 0 } },
  'nonsense',
])('REST-only mode is off for %j', (settings) => {
  expect(readStoreSettings(settings).restOnly).toBeNull();
});

test('what is left out has its default', () => {
  expect(readStoreSettings({ restOnly: { methods: ['bacs'] } }).restOnly).toEqual({
    methods: ['bacs'],
    deadlineHours: 72,
    linkText: expect.stringContaining('{link}'),
  });
});

test("others' settings stay when the mode is switched", () => {
  const look = { colour: 'red' };
  expect(withRestOnly({ look }, { methods: ['bacs'] })).toEqual({ look, restOnly: { methods: ['bacs'] } });
  expect(withRestOnly({ look, restOnly: { methods: ['bacs'] } }, null)).toEqual({ look, restOnly: null });
  expect(withRestOnly(null, null)).toEqual({ restOnly: null });
});
