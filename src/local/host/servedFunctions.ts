import type { ServedFunction } from './hostEvent.ts';
import type { Route } from './http/routes.ts';
import type { RegisteredFunction } from './invoker.ts';
import { triggerOf } from './triggerOf.ts';

/** What a host runs, as it is shown to people: HTTP functions with methods and address. */
export const servedFunctions = (
  functions: readonly RegisteredFunction[],
  routes: readonly Route[],
  url: string,
): readonly ServedFunction[] =>
  functions.map((one) => {
    const route = routes.find(({ functionName }) => functionName === one.name);
    const methods = route?.methods.length ? `${route.methods.join(',')} ` : '';
    const address = route ? { address: `${methods}${url}/${route.path}` } : {};
    return { name: one.name, trigger: triggerOf(one).binding.type, ...address };
  });
