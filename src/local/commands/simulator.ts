import { parseArgs } from 'node:util';
import { parseLimits } from '../../quota/limits.ts';
import { checked, runCommand, WrongArguments, wholeNumber } from '../command.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { readSimulatorArguments, simulatorArguments, simulatorHelp } from '../simulator/simulatorArguments.ts';

const help = `npm run simulator -- --port N [--machines N] [--seed N] [--limits 100/60,1500/3600] [--faults FILE] [--dialect LIST]

Microsoft Defender for Endpoint on this machine: machines, users, domains, alerts, deviceavinfo, security states.

  --port N                0 for a free one (default 7072)
${simulatorHelp}
  --as-of INSTANT         newest instant in the fleet (default: last midnight, UTC)
  --limits LIST           calls/seconds of each call (default 100/60,1500/3600)
  --device-av-limits LIST of deviceavinfo (default 30/60,1000/3600)
  --quota-scope SCOPE     route or application (default route)
  --count-refused         refused calls count for the quota as well
  --no-retry-after        leave Retry-After out of a 429
  --page-size N           most rows of a list (default 10000)
  --states-page-size N    security states in a page (default 200)
  --quiet                 do not print each call

GET /_simulator/fleet says what to ask for; GET /_simulator/arrivals and /_simulator/windows what arrived;
GET, PUT and DELETE /_simulator/faults and /_simulator/dialect change what it does wrong and what it takes;
POST /_simulator/machines?at=0, PATCH and DELETE /_simulator/machines/ID let machines come, change and go;
POST /_simulator/fleet/changes {"share":0.01,"removed":5,"added":5,"seed":7} does so to many.`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

// biome-ignore format: it is a table
const options = {
  ...simulatorArguments, port: text, 'as-of': text, 'device-av-limits': text, 'quota-scope': text,
  'count-refused': flag, 'no-retry-after': flag, 'page-size': text,
  'states-page-size': text, quiet: flag,
};

const start = async (args: readonly string[]) => {
  const { values } = parseArgs({ args: [...args], options });
  const simulator = await startSimulator({
    port: wholeNumber('port', values.port, 0, 65_535) ?? 7_072,
    ...(await readSimulatorArguments(values)),
    pageSize: wholeNumber('page-size', values['page-size'], 1, 10_000) ?? 10_000,
    securityStatesPageSize: wholeNumber('states-page-size', values['states-page-size'], 1, 10_000) ?? 200,
    quotaScope: scopeOf(values['quota-scope'] ?? 'route'),
    deviceAvLimits: checked('device-av-limits', () => parseLimits(values['device-av-limits'] ?? '30/60,1000/3600')),
    countRefused: values['count-refused'] ?? false,
    retryAfter: !values['no-retry-after'],
    ...(values['as-of'] !== undefined && { asOf: instantOf(values['as-of']) }),
    ...(!values.quiet && { log: console.log }),
  });
  console.log(`simulator: ${simulator.url}`);
  return simulator;
};

const scopeOf = (scope: string): 'route' | 'application' => {
  if (scope === 'route' || scope === 'application') return scope;
  throw new WrongArguments(`--quota-scope ${scope}: give route or application`);
};

const instantOf = (instant: string): string => {
  if (!Number.isNaN(Date.parse(instant))) return instant;
  throw new WrongArguments(`--as-of ${instant}: give an instant such as 2026-02-01T00:00:00Z`);
};

await runCommand({ name: 'simulator', help, start }, process.argv.slice(2));
