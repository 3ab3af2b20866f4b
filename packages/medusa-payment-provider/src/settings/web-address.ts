const loopback = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

export type AddressFault = 'unreadable' | 'not-https' | 'with-credentials' | 'with-path';

export type AddressResult =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly fault: AddressFault };

/** An https address; http only of this machine, where a shop is tried out. */
export const readAddress = (text: string): AddressResult => {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { ok: false, fault: 'unreadable' };
  if (url.username !== '' || url.password !== '') return { ok: false, fault: 'with-credentials' };
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) return { ok: false, fault: 'not-https' };
  return { ok: true, url };
};

/** An address without a path, a query or a fragment. */
export const readOrigin = (text: string): AddressResult => {
  const read = readAddress(text);
  if (!read.ok) return read;
  const { pathname, search, hash } = read.url;
  return pathname === '/' && search === '' && hash === '' ? read : { ok: false, fault: 'with-path' };
};

/** For the owner, after the name of the setting. */
export const addressFaultText = (fault: AddressFault): string => {
  switch (fault) {
    case 'unreadable':
      return 'is no web address';
    case 'not-https':
      return 'is not https';
    case 'with-credentials':
      return 'holds a user name or a password';
    case 'with-path':
      return 'has a path, a query or a fragment behind its host';
    default: {
      const never: never = fault;
      return never;
    }
  }
};
