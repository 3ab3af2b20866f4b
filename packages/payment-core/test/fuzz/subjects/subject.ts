import { createHash, createHmac } from 'node:crypto';
import type { Input } from '../input/input.ts';
import type { Style, Tree } from '../input/json-tree.ts';
import type { Random } from '../input/random.ts';

/** One store's credentials at the gateway: as stored, and the HMAC key of its webhooks by the gateway's document. */
export interface FuzzAccount {
  readonly config: unknown;
  readonly key: string | Uint8Array;
}

/** A body as the gateway's own serialiser writes it. */
export interface Shape {
  readonly name: string;
  readonly tree: Tree;
  readonly style: Style;
}

/** The message and the MAC that a request brings, by the gateway's document; undefined where its form has none. */
export interface Claim {
  readonly mac: string;
  readonly message: Uint8Array;
  /** What else the document asks for: in time, for this merchant, no header that contradicts the body. */
  fits(): boolean;
}

/** What an accepted body says, read apart from the core. Null: it says nothing about a payment. */
export type Says = {
  readonly gatewayPaymentId: string | null;
  readonly reference: string | null;
  readonly paymentRecord?: string | null;
  readonly wireStatus: string;
  /** The text of the amount that was asked for, and of the one that was received, where the body has them. */
  readonly quoted: string | null;
  readonly received: string | null;
  /** Whether "paid" may come of it. */
  readonly paid: boolean;
} | null;

export interface Sealed {
  readonly headers: Input['headers'];
  readonly body: Uint8Array;
  readonly mac: string;
  readonly message: Uint8Array;
}

/** A gateway as the fuzzer knows it: from its document alone, without a line of its adapter. */
export interface Subject {
  readonly gateway: string;
  readonly accounts: readonly [FuzzAccount, FuzzAccount];
  readonly shapes: readonly [Shape, ...Shape[]];
  /** True where the signature covers less than the body, so that its facts may carry nothing but what is signed. */
  readonly hintOnly: boolean;
  /** Signs a body as the gateway would. @param at ms */
  seal(account: FuzzAccount, body: string, at: number): Sealed;
  claim(account: FuzzAccount, input: Input): Claim | undefined;
  says(body: Tree): Says;
  /** The hex digits of the signature where they stand, to spoil or to replace them. */
  mapSignature(input: Input, change: (signature: string) => string): Input;
  /** Changes after which a genuine request is as genuine as before. */
  readonly harmless: readonly ((input: Input, random: Random) => Input)[];
}

export const hmacHex = (key: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): string => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest('hex');
};

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

export const isMac = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);
