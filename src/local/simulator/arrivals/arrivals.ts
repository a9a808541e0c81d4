/** What arrived, in order: the evidence that tests of the gateway's promise ask for. */
import type { IncomingHttpHeaders } from 'node:http';

/** One call as it arrived, and what became of it. */
export interface Arrival {
  /** Counted from 1 since the simulator started. */
  readonly number: number;
  /** Milliseconds since the simulator started, monotonic, with fractions. */
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly wall: number;
  readonly route: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  readonly query: string;
  /** Those worth seeing; never the token. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined while it waits, and where the connection was ended without a status. */
  readonly status?: number;
}

export interface Arrivals {
  /** Writes it down. */
  add(arrival: Omit<Arrival, 'number'>): number;
  /** Writes down what it was answered. */
  answered(number: number, status: number): void;
  /** Those after a number, of one route where asked. */
  since(number: number, route?: string): readonly Arrival[];
  /** How many there were, forgotten ones included. */
  total(): number;
  clear(): void;
}

/** @param most kept; the oldest are forgotten first */
export const arrivalLog = (most = 200_000): Arrivals => {
  let kept: Arrival[] = [];
  let total = 0;
  const indexOf = (number: number) => number - (kept[0]?.number ?? 0);
  return {
    add(arrival) {
      total += 1;
      kept.push({ number: total, ...arrival });
      if (kept.length > most * 1.25) kept = kept.slice(-most);
      return total;
    },
    answered(number, status) {
      const arrival = kept[indexOf(number)];
      if (arrival) kept[indexOf(number)] = { ...arrival, status };
    },
    since: (number, route) =>
      kept
        .slice(-most)
        .filter((arrival) => arrival.number > number && (route === undefined || arrival.route === route)),
    total: () => total,
    clear() {
      kept = [];
    },
  };
};

const worthSeeing = [
  'user-agent',
  'accept',
  'accept-encoding',
  'content-type',
  'traceparent',
  'tracestate',
  'x-request-id',
  'client-request-id',
  'x-ms-client-request-id',
] as const;

/** The headers that an arrival keeps. */
export const seenHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    worthSeeing.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
