/** A service cannot start for a reason its operator can mend; `message` says which. Names no secret. */
export class CannotStart extends Error {
  /** Kebab-case. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'CannotStart';
    this.code = code;
  }
}
