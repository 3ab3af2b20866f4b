/** A page as a browser shows it: after all redirects. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface BrowserRequest {
  readonly method?: 'GET' | 'POST';
  readonly form?: Readonly<Record<string, string>>;
  /** Stops at the first redirect to which this says yes; its answer is the page. */
  readonly stopAt?: (location: string) => boolean;
}

/** A browser without scripts: cookies, redirects and forms, and the name of a normal Chrome. */
export interface Browser {
  open(url: string, request?: BrowserRequest): Promise<Page>;
  /** `name=value` pairs that would go to this address. */
  cookies(url: string): string;
}
