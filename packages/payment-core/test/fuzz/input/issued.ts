type Key = string | Uint8Array;

/**
 * What the fuzzer itself has signed: a message counts as genuine only if it was signed here, byte for byte. So nothing
 * that the code under test computes decides what it may accept.
 */
export interface Issued {
  add(key: Key, mac: string, message: Uint8Array): void;
  /** @param mac 64 hex digits in any case */
  has(key: Key, mac: string, message: Uint8Array): boolean;
  /** Ends one input: what was signed for it is kept for later ones, or forgotten, so that millions of inputs fit. */
  close(keep: boolean): void;
}

type Messages = Map<string, readonly Uint8Array[]>;

const nameOf = (key: Key, mac: string): string =>
  `${Buffer.from(key).toString('base64')} ${mac.toLowerCase()}`;

const insert = (messages: Messages, name: string, message: Uint8Array): void => {
  messages.set(name, [...(messages.get(name) ?? []), message]);
};

export const createIssued = (): Issued => {
  const lasting: Messages = new Map();
  const passing: Messages = new Map();
  const holds = (messages: Messages, name: string, message: Uint8Array): boolean =>
    messages.get(name)?.some((known) => Buffer.compare(known, message) === 0) ?? false;
  const knows = (name: string, message: Uint8Array): boolean =>
    holds(lasting, name, message) || holds(passing, name, message);
  return {
    has: (key, mac, message) => knows(nameOf(key, mac), message),
    add: (key, mac, message) => {
      const name = nameOf(key, mac);
      if (!knows(name, message)) insert(passing, name, message);
    },
    close: (keep) => {
      if (keep) for (const [name, all] of passing) for (const message of all) insert(lasting, name, message);
      passing.clear();
    },
  };
};
