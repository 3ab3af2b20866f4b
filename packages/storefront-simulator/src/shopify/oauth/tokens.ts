/** What the token endpoint answers; times in seconds. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly scope: string;
  /** The last three only for expiring tokens. */
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly refresh_token_expires_in?: number;
}
