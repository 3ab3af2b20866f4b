import { Agent, get, type IncomingMessage } from 'node:http';

/** One shopper's open page: reads its stream of events as a browser does. */
export interface StatusListener {
  /** Resolves when the page says more than it did at first. */
  readonly changed: Promise<void>;
  close(): void;
}

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });

const answered = (url: string, client: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { accept: 'text/event-stream', 'x-forwarded-for': client } }, resolve).on(
      'error',
      reject,
    );
  });

/** @param client the shopper's address, as a proxy before the bridge would name it */
export const listen = async (url: string, client: string): Promise<StatusListener> => {
  const response = await answered(url, client);
  if (response.statusCode !== 200) throw new Error(`a stream was answered ${response.statusCode}`);
  response.setEncoding('utf8').on('error', () => undefined);
  let events = 0;
  let first = (): void => undefined;
  let second = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    first = resolve;
  });
  const changed = new Promise<void>((resolve) => {
    second = resolve;
  });
  response.on('data', (text: string) => {
    events += text.split('event: status').length - 1;
    if (events >= 1) first();
    if (events >= 2) second();
  });
  await opened;
  return { changed, close: () => void response.destroy() };
};
