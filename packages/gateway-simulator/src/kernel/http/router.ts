import type { Reply } from './reply.ts';
import type { SimulatorRequest } from './request.ts';

export interface Route {
  /** Named by API faults. */
  readonly name: string;
  readonly methods: readonly string[];
  /** Segments starting with `:` are parameters; a trailing slash is part of the path. */
  readonly path: string;
  readonly handle: (request: SimulatorRequest) => Reply | Promise<Reply>;
}

export interface Routes {
  readonly routes: readonly Route[];
  /** Answers what no route takes; `allowed` holds the methods that the path would take. */
  readonly fallback: (request: SimulatorRequest, allowed: readonly string[]) => Reply;
}

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const matchPath = (pattern: string, path: string): Readonly<Record<string, string>> | undefined => {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const segment = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== segment) return undefined;
      continue;
    }
    const value = decode(segment);
    if (value === undefined || value === '') return undefined;
    params[part.slice(1)] = value;
  }
  return params;
};

export const findRoute = (
  { routes }: Routes,
  method: string,
  path: string,
): { readonly match: RouteMatch | undefined; readonly allowed: readonly string[] } => {
  const allowed: string[] = [];
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params === undefined) continue;
    if (route.methods.includes(method)) return { match: { route, params }, allowed };
    allowed.push(...route.methods);
  }
  return { match: undefined, allowed };
};
