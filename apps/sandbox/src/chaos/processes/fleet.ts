import { setTimeout as wait } from 'node:timers/promises';
import { type BridgeProcess, type BridgeSettings, startBridgeProcess } from './bridge-process.ts';
import { freePort } from './free-port.ts';

/** A replica that serves. */
export interface Upstream {
  readonly replica: number;
  readonly port: number;
}

/** The bridges of a run, each started again at once when it is gone, as a supervisor does. */
export interface Fleet {
  /** Those that serve now. */
  upstreams(): readonly Upstream[];
  /** SIGKILL. False: that one is not up. */
  kill(replica: number): boolean;
  /** Resolves when all of them serve. @throws Error when one does not come up */
  allUp(): Promise<void>;
  /** Resolves when one of them serves. @throws Error when none comes up */
  someUp(): Promise<void>;
  /** SIGTERM to all, and no restart. */
  stop(): Promise<void>;
  readonly counts: {
    readonly kills: number;
    readonly restarts: number;
    /** Ended without having been killed. */
    readonly crashes: number;
  };
}

export type FleetSettings = Omit<BridgeSettings, 'port'> & { readonly replicas: number };

/** Some seconds on a machine that has little else to do. */
const startsWithin = 120_000;

export const startFleet = async (settings: FleetSettings): Promise<Fleet> => {
  const counts = { kills: 0, restarts: 0, crashes: 0 };
  const lastWords: string[] = [];
  let stopping = false;
  const onError = (line: string): void => {
    // It says that it has been asked to end.
    if (stopping) return;
    lastWords.splice(0, Math.max(0, lastWords.length - 20));
    lastWords.push(line);
    settings.onError(line);
  };
  const killed = new Set<BridgeProcess>();
  const up = new Map<number, { readonly bridge: BridgeProcess; readonly port: number }>();
  const current = new Map<number, BridgeProcess>();

  const start = async (replica: number): Promise<void> => {
    const port = await freePort();
    if (stopping) return;
    let portTaken = false;
    const hear = (line: string): void => {
      // Somebody else on this machine was quicker: no fault of the bridge, and the next one gets another port.
      portTaken ||= line.includes(`Nothing can listen at port ${port}`);
      onError(line);
    };
    const bridge = startBridgeProcess({ ...settings, port, onError: hear });
    current.set(replica, bridge);
    bridge.ended.then(
      () => {
        up.delete(replica);
        if (stopping) return;
        if (!killed.has(bridge) && !portTaken) counts.crashes += 1;
        counts.restarts += 1;
        void start(replica);
      },
      () => undefined,
    );
    if (await bridge.ready) up.set(replica, { bridge, port });
  };

  const until = async (holds: () => boolean): Promise<void> => {
    const deadline = performance.now() + startsWithin;
    while (!holds()) {
      if (performance.now() > deadline)
        throw new Error(`chaos: a bridge does not come up\n${lastWords.join('\n')}`);
      await wait(10);
    }
  };

  for (let replica = 0; replica < settings.replicas; replica += 1) void start(replica);

  return {
    upstreams: () =>
      [...up].map(([replica, { port }]) => ({ replica, port })).sort((a, b) => a.replica - b.replica),
    kill: (replica) => {
      const victim = up.get(replica);
      if (victim === undefined) return false;
      up.delete(replica);
      killed.add(victim.bridge);
      counts.kills += 1;
      victim.bridge.kill();
      return true;
    },
    allUp: () => until(() => up.size === settings.replicas),
    someUp: () => until(() => up.size > 0),
    stop: async () => {
      stopping = true;
      for (const bridge of current.values()) bridge.terminate();
      const patience = setTimeout(() => {
        for (const bridge of current.values()) bridge.kill();
      }, 20_000);
      await Promise.all([...current.values()].map((bridge) => bridge.ended));
      clearTimeout(patience);
    },
    counts,
  };
};
