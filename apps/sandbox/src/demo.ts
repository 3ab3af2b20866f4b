import type { Cell } from './cell.ts';

/** A platform with a shop on it, the wrapper under test and the simulated gateways, all running. */
export interface Demo {
  /** Plays every story on every gateway. @param told of each cell as soon as it is known */
  playAll(told: (cell: Cell) => void): Promise<readonly Cell[]>;
  /** Opens orders that a person can pay. @returns what stays up after the table, and where */
  openDoors(): Promise<string>;
  /** Lets time pass until somebody has had enough. */
  liveOn(enough: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** @param tell what a person would wait for, before it begins */
export type OpenDemo = (tell: (what: string) => void) => Promise<Demo>;
