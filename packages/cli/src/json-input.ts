import { readFile } from 'node:fs/promises';
import { type Host, remark } from './host.ts';

export type JsonInput =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string };

const longest = 65_536;

const readAll = async (host: Host): Promise<string | undefined> => {
  if (host.input.isTTY === true) remark(host, 'Paste the configuration as JSON; Ctrl+D ends it.');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of host.input) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > longest) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const readNamed = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** JSON from a file, else from standard input. Never from an argument: everyone on the machine sees those. */
export const readJsonInput = async (host: Host, file: string | undefined): Promise<JsonInput> => {
  const text = file === undefined ? await readAll(host) : await readNamed(file);
  if (text === undefined) {
    const reason = file === undefined ? 'Standard input is longer than 64 KiB.' : `${file} cannot be read.`;
    return { ok: false, reason };
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return { ok: true, value };
  } catch {
    // The parser's own message quotes the text, and so the secrets.
    return { ok: false, reason: `${file ?? 'Standard input'} holds no JSON.` };
  }
};
