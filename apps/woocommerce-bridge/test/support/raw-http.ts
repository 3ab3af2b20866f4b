import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends these bytes over a socket of their own and reads until the other side closes. */
export const sendRaw = (origin: string, bytes: string | Buffer): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const finish = (): void => {
      const text = Buffer.concat(chunks).toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      if (status === undefined) reject(new Error(`no HTTP answer: ${text.slice(0, 100)}`));
      else resolve({ status: Number(status), body: text.slice(text.indexOf('\r\n\r\n') + 4) });
    };
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', finish);
    // The server closes a connection whose body it does not want to read; its answer may be here already.
    socket.on('error', () => undefined);
    socket.write(bytes);
  });

export type HeaderLine = readonly [name: string, value: string];

/** A POST with exactly these header lines, repeated ones repeated, on a connection that is closed afterwards. */
export const rawPost = (path: string, headers: readonly HeaderLine[], body: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(body);
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: bridge.test',
    'Connection: close',
    ...(headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
      ? []
      : [`Content-Length: ${bytes.length}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
};
