/** What came back, with what an owner would see and send on. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty where there is none. */
  readonly location: string;
  /** The state in the form that leads to this path. */
  hidden(action: string): string;
}

export interface Browser {
  get(path: string): Promise<Seen>;
  post(path: string, form: Readonly<Record<string, string>>, headers?: Record<string, string>): Promise<Seen>;
  /** Opens a page and sends the form on it that leads to `action`; with the state of another form where it names one. */
  submit(path: string, action: string, form?: Readonly<Record<string, string>>, from?: string): Promise<Seen>;
  cookies(): readonly string[];
  /** Another one with the same cookies. */
  copy(): Browser;
}

const seen = async (response: Response): Promise<Seen> => {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    location: response.headers.get('location') ?? '',
    hidden: (action) => {
      const form =
        text
          .split('<form')
          .find((part) => part.includes(`action="${action}"`) || part.includes(`action="${action}#`)) ?? '';
      return /name="state" value="([^"]*)"/.exec(form)?.[1] ?? '';
    },
  };
};

/** Keeps cookies and follows nothing by itself. @param origin of the bridge */
export const browser = (origin: string, start: Readonly<Record<string, string>> = {}): Browser => {
  const jar: Record<string, string> = { ...start };
  const send = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const cookie = Object.entries(jar)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(new URL(path, origin), {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...Object(init.headers) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '') delete jar[name];
      else jar[name] = value;
    }
    return seen(response);
  };
  const post: Browser['post'] = (path, form, headers = {}) =>
    send(path, { method: 'POST', body: new URLSearchParams(form), headers });
  return {
    get: (path) => send(path),
    post,
    submit: async (path, action, form = {}, from = action) => {
      const page = await send(path);
      return post(action, { ...form, state: page.hidden(from) });
    },
    cookies: () => Object.keys(jar),
    copy: () => browser(origin, jar),
  };
};
