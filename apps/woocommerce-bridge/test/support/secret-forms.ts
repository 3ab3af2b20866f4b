/** Text or bytes in which nothing secret may stand, by a name for the report. */
type Places = Readonly<Record<string, Uint8Array | string>>;
/** Each secret by a name for the report. */
export type Secrets = ReadonlyMap<string, Uint8Array | string>;

/**
 * The characters of base64 that these bytes decide by themselves, wherever they stand in what was encoded: `ck:cs` of
 * an Authorization header is found as well as the secret alone.
 */
const base64Cores = (bytes: Uint8Array, encoding: 'base64' | 'base64url'): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });

/** How a secret may stand in a file or a line: as it is, or as something that anybody can turn back into it. */
export const formsOf = (secret: Uint8Array | string): ReadonlyMap<string, Buffer> => {
  const bytes = Buffer.from(secret);
  const text = bytes.toString('utf8');
  const forms: [string, string | Buffer][] = [
    ['raw', bytes],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    ...base64Cores(bytes, 'base64').map((core, i): [string, string] => [`base64 at ${i}`, core]),
    ...base64Cores(bytes, 'base64url').map((core, i): [string, string] => [`base64url at ${i}`, core]),
    ['utf-16', Buffer.from(text, 'utf16le')],
    ['in a URL', encodeURIComponent(text)],
    ['in JSON', JSON.stringify(text).slice(1, -1)],
  ];
  return new Map(forms.map(([name, form]) => [name, Buffer.from(form)]));
};

/** @returns `<secret>, <form>: <place>` for each that stands there; a secret is never in what is returned */
export const leaksOf = (secrets: Secrets, places: Places): readonly string[] =>
  Object.entries(places).flatMap(([place, content]) => {
    const bytes = Buffer.from(content);
    return [...secrets].flatMap(([name, secret]) =>
      [...formsOf(secret)]
        .filter(([, form]) => bytes.includes(form))
        .map(([form]) => `${name}, ${form}: ${place}`),
    );
  });
