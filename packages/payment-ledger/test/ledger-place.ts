import type { KeyRing, LedgerParts, LedgerRefusal, OpenedSqlLedger, Vault } from '../src/index.ts';

/** Where one test keeps a ledger, which it opens as often as it likes. */
export interface LedgerPlace {
  open(
    parts: LedgerParts & { readonly keys: KeyRing },
  ): Promise<(OpenedSqlLedger & { readonly vault: Vault }) | LedgerRefusal>;
  openWithoutKeys(parts: LedgerParts): Promise<OpenedSqlLedger | LedgerRefusal>;
  /** Every byte of the database's files, its log included. */
  stored(): Buffer;
  remove(): Promise<void>;
}

export type OpenPlace = () => Promise<LedgerPlace>;
