export type ImportRefusal = {
  readonly ok: false;
  readonly reason: 'not-empty' | 'other-version' | 'malformed' | 'incomplete' | 'damaged';
  /** For the owner; no row is repeated. */
  readonly message: string;
};

/** Ends the transaction of an import, so that nothing of it is kept. */
export class Refused extends Error {
  readonly refusal: ImportRefusal;

  constructor(reason: ImportRefusal['reason'], message: string) {
    super(message);
    this.refusal = { ok: false, reason, message };
  }
}
