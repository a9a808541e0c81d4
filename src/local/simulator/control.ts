/**
 * The simulator's own pages, `/_simulator/…`: what arrived, how full the windows were, which faults are on, what is
 * taken, which roles it takes, what the fleet holds and what becomes of it. They cost no quota and leave no arrival.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readJson, sendJson } from '../json.ts';
import { windowsOf } from './arrivals/windows.ts';
import { addMachine, changeMachine, removeMachine } from './changeFleet.ts';
import { changeMany } from './changeMany.ts';
import { readDialect } from './dialect.ts';
import { readFaultRules } from './faults/faultRules.ts';
import { fleetSummary } from './fleetSummary.ts';
import { readRequiredRoles } from './requiredRoles.ts';
import type { Simulation } from './simulation.ts';

/** Answers one of them; 404 with a list of them for any other, 400 with the fault named for a wrong body. */
export const control = async (
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const paths = [pathname, pathname.split('/').slice(0, 3).join('/')];
    const page = paths.map((path) => pages[`${request.method} ${path}`]).find((known) => known !== undefined);
    if (!page) return sendJson(response, 404, { message: `there are: ${Object.keys(pages).join(', ')}` });
    const body = request.method === 'GET' ? undefined : await readJson(request);
    sendJson(response, 200, page(simulation, { query: searchParams, body, rest: pathname.split('/')[3] ?? '' }));
  } catch (error) {
    sendJson(response, 400, { message: (error as Error).message });
  }
};

interface Asked {
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** What stands behind the page's name in the path. */
  readonly rest: string;
}

type Page = (simulation: Simulation, asked: Asked) => object;

const arrivals: Page = ({ arrivals: log }, { query }) => {
  const found = log.since(wholeOf(query, 'since') ?? 0, query.get('route') ?? undefined);
  return { total: log.total(), arrivals: found };
};

const windows: Page = ({ arrivals: log }, { query }) =>
  windowsOf(log.since(0), wholeOf(query, 'seconds') ?? 60, wholeOf(query, 'calls'));

const faults: Page = ({ faults: plan }) => ({ faults: plan.shown() });

const dialect: Page = ({ dialect: setting }) => setting.now();

const roles: Page = ({ roles: setting }) => setting.now();

const pages: Readonly<Record<string, Page>> = {
  'GET /_simulator/arrivals': arrivals,
  'DELETE /_simulator/arrivals': (simulation, asked) => {
    simulation.arrivals.clear();
    return arrivals(simulation, asked);
  },
  'GET /_simulator/windows': windows,
  'GET /_simulator/faults': faults,
  'PUT /_simulator/faults': (simulation, asked) => {
    simulation.faults.replace(readFaultRules(asked.body));
    return faults(simulation, asked);
  },
  'DELETE /_simulator/faults': (simulation, asked) => {
    simulation.faults.replace([]);
    return faults(simulation, asked);
  },
  'GET /_simulator/dialect': dialect,
  'PUT /_simulator/dialect': (simulation, asked) => {
    simulation.dialect.replace(readDialect(asked.body));
    return dialect(simulation, asked);
  },
  'DELETE /_simulator/dialect': (simulation, asked) => {
    simulation.dialect.replace({});
    return dialect(simulation, asked);
  },
  'GET /_simulator/roles': roles,
  'PUT /_simulator/roles': (simulation, asked) => {
    simulation.roles.replace(readRequiredRoles(asked.body));
    return roles(simulation, asked);
  },
  'DELETE /_simulator/roles': (simulation, asked) => {
    simulation.roles.replace({});
    return roles(simulation, asked);
  },
  'GET /_simulator/fleet': ({ fleet }) => fleetSummary(fleet),
  'POST /_simulator/fleet/changes': ({ fleet }, { body }) => changeMany(fleet, body),
  'POST /_simulator/machines': ({ fleet }, { query, body }) => addMachine(fleet, wholeOf(query, 'at'), body),
  'PATCH /_simulator/machines': ({ fleet }, { rest, body }) => changeMachine(fleet, rest, body),
  'DELETE /_simulator/machines': ({ fleet }, { rest }) => removeMachine(fleet, rest),
};

const wholeOf = (query: URLSearchParams, name: string): number | undefined => {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`${name}: '${text}' is not a whole number`);
};
