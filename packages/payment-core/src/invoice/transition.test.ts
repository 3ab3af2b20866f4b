import { describe, expect, it } from 'vitest';
import { invoiceStatusSchema } from './status.ts';
import { canMove } from './transition.ts';

describe('the transition table', () => {
  it('lets nothing leave settled', () => {
    for (const to of invoiceStatusSchema.options) expect(canMove('settled', to)).toBe(false);
  });

  it('reopens an ended invoice only for money', () => {
    for (const from of ['expired', 'canceled', 'failed'] as const) {
      const reachable = invoiceStatusSchema.options.filter((to) => canMove(from, to));
      expect(new Set(reachable)).toEqual(new Set(['processing', 'settled']));
    }
  });

  it('never goes back to creating', () => {
    for (const from of invoiceStatusSchema.options) expect(canMove(from, 'creating')).toBe(false);
  });
});
