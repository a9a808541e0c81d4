/**
 * Which function a request of a batch is for: found as the host finds it, by segments, the literal one before the one that takes
 * anything. Only reads are found; who may not ask one alone is refused by it in a batch too.
 */
import type { HttpFunction } from '../services.ts';

export interface Routes {
  /** @param path decoded, begins with a slash; letters of any case, one slash at its end is nothing */
  find(path: string): RouteFound | undefined;
  /** What can be asked, for messages: `/api/users/{id}/machines`. The versioned names of the same are left out. */
  readonly addresses: readonly string[];
}

export interface RouteFound {
  readonly asks: HttpFunction;
  /** What stands in the path where the route has a name in braces. */
  readonly params: Readonly<Record<string, string>>;
}

/** @throws where a route has more than literal segments and `{name}` */
export const createRoutes = (functions: readonly HttpFunction[]): Routes => {
  const reads = functions.filter(({ methods, access }) => methods.includes('GET') && access !== 'key');
  const routes = reads.map(readRoute).sort((a, b) => (a.precedence < b.precedence ? -1 : 1));
  return {
    addresses: reads.map(({ route }) => `/${route}`).filter((address) => !address.startsWith('/api/v1.0/')),
    find(path) {
      const given = path.replace(/\/$/, '').split('/').slice(1);
      for (const route of routes) {
        const params = paramsOf(route, given);
        if (params) return { asks: route.asks, params };
      }
      return undefined;
    },
  };
};

interface Route {
  readonly asks: HttpFunction;
  readonly segments: readonly Segment[];
  /** Sorts a literal segment before a parameter, from the left. */
  readonly precedence: string;
}

type Segment = { readonly literal: string } | { readonly name: string };

const readRoute = (asks: HttpFunction): Route => {
  const segments = asks.route.split('/').map((written): Segment => {
    const [, name] = /^\{(\w+)\}$/.exec(written) ?? [];
    if (name !== undefined) return { name };
    if (/[{}*]/.test(written)) throw new Error(`${asks.name}: a batch can't read '${written}' in the route`);
    return { literal: written.toLowerCase() };
  });
  return { asks, segments, precedence: segments.map((segment) => ('literal' in segment ? '0' : '1')).join('') };
};

const paramsOf = ({ segments }: Route, given: readonly string[]): Record<string, string> | undefined => {
  if (given.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (value === '' || ('literal' in segment && segment.literal !== value.toLowerCase())) return undefined;
    if ('name' in segment) params[segment.name] = value;
  }
  return params;
};
