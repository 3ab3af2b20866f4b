/** What an address below the base path asks for; ids and names are still a stranger's text. */
export type PayRoute =
  | { readonly kind: 'page'; readonly id: string }
  | { readonly kind: 'choose' | 'test' | 'events'; readonly id: string }
  | { readonly kind: 'asset'; readonly name: string }
  | { readonly kind: 'none' };

const actions = ['choose', 'test', 'events'] as const;

const none: PayRoute = { kind: 'none' };

/** Segments are taken as they were sent: an id of ours needs no escape, so an escaped one is none of ours. */
export const payRoute = (pathname: string, basePath: string): PayRoute => {
  if (!pathname.startsWith(`${basePath}/`)) return none;
  const [first = '', second, ...more] = pathname.slice(basePath.length + 1).split('/');
  if (more.length > 0) return none;
  if (second === undefined) return { kind: 'page', id: first };
  if (first === 'assets') return { kind: 'asset', name: second };
  const kind = actions.find((action) => action === second);
  return kind === undefined ? none : { kind, id: first };
};

/** Which methods an address takes; HEAD goes wherever GET goes. */
export const methodsOf = (kind: PayRoute['kind']): readonly string[] => {
  switch (kind) {
    case 'page':
    case 'events':
    case 'asset':
    case 'none':
      return ['GET', 'HEAD'];
    case 'choose':
    case 'test':
      return ['GET', 'HEAD', 'POST'];
    default: {
      const never: never = kind;
      return never;
    }
  }
};
