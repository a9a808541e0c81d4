import type { Arrival } from './arrivals.ts';
import { type FullestWindow, fullestWindow } from './fullestWindow.ts';

/** The fullest window of each route and of all calls together. */
export interface Windows {
  readonly seconds: number;
  readonly routes: Readonly<Record<string, RouteWindow>>;
  readonly all: RouteWindow;
}

interface RouteWindow extends FullestWindow {
  readonly arrivals: number;
  /** Answered 429, by quota or by fault. */
  readonly refused: number;
  /** Whether the fullest window holds no more than the calls asked about. */
  readonly within?: boolean;
}

/** @param calls what a window may hold; without it nothing is judged */
export const windowsOf = (arrivals: readonly Arrival[], seconds: number, calls?: number): Windows => {
  const byRoute = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    const own = byRoute.get(arrival.route);
    if (own) own.push(arrival);
    else byRoute.set(arrival.route, [arrival]);
  }
  const routes = [...byRoute].map(([route, own]) => [route, windowOf(own, seconds, calls)] as const);
  return { seconds, routes: Object.fromEntries(routes), all: windowOf(arrivals, seconds, calls) };
};

const windowOf = (arrivals: readonly Arrival[], seconds: number, calls: number | undefined): RouteWindow => {
  const fullest = fullestWindow(
    arrivals.map(({ at }) => at),
    seconds * 1000,
  );
  const refused = arrivals.filter(({ status }) => status === 429).length;
  const within = calls === undefined ? {} : { within: fullest.calls <= calls };
  return { arrivals: arrivals.length, refused, ...fullest, ...within };
};
