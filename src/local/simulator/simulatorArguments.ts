/** The arguments that `npm run simulator` and `npm start` both take for the simulated Defender. */
import { readFile } from 'node:fs/promises';
import { type Limit, parseLimits } from '../../quota/limits.ts';
import { checked, WrongArguments, wholeNumber } from '../command.ts';
import { type Dialect, parseDialect } from './dialect.ts';
import { type FaultRule, readFaultRules } from './faults/faultRules.ts';

const text = { type: 'string' } as const;

/** For `parseArgs`. */
export const simulatorArguments = {
  machines: text,
  alerts: text,
  seed: text,
  limits: text,
  latency: text,
  faults: text,
  dialect: text,
  preview: text,
};

export const simulatorHelp = `  --machines N            records in the simulated fleet, 0 to 1000000 (default 500)
  --alerts N              alerts in it, 0 to 100000 (default: one for five machines, 24 to 10000)
  --seed N                the same seed gives the same fleet (default 1)
  --latency MS            every answer of the simulator takes at least so long (default 0)
  --dialect LIST          what Defender takes: in=refused,mostNodes=100,mostMembers=15,comparesCase=true,mostUrlBytes=2000
  --preview gone          Graph knows no machinesecuritystates: 404 (default served)
  --faults FILE           rules in JSON: [{"match":{"route":"listMachines","nth":3},"do":{"status":503}}]`;

export interface SimulatorArguments {
  readonly machines?: number;
  readonly alerts?: number;
  readonly seed?: number;
  readonly latencyMs?: number;
  readonly limits?: readonly Limit[];
  readonly faults?: readonly FaultRule[];
  readonly dialect?: Partial<Dialect>;
  readonly preview?: 'served' | 'gone';
}

type Given = { readonly [name in keyof typeof simulatorArguments]?: string | undefined };

/** Those that were given. @throws WrongArguments */
export const readSimulatorArguments = async (given: Given): Promise<SimulatorArguments> => {
  const machines = wholeNumber('machines', given.machines, 0, 1_000_000);
  const alerts = wholeNumber('alerts', given.alerts, 0, 100_000);
  const seed = wholeNumber('seed', given.seed, 0, 4_294_967_295);
  const latencyMs = wholeNumber('latency', given.latency, 0, 600_000);
  const { limits, faults, dialect, preview } = given;
  return {
    ...(machines !== undefined && { machines }),
    ...(alerts !== undefined && { alerts }),
    ...(seed !== undefined && { seed }),
    ...(latencyMs !== undefined && { latencyMs }),
    ...(limits !== undefined && { limits: checked('limits', () => parseLimits(limits)) }),
    ...(dialect !== undefined && { dialect: checked('dialect', () => parseDialect(dialect)) }),
    ...(preview !== undefined && { preview: previewOf(preview) }),
    ...(faults !== undefined && { faults: await faultsIn(faults) }),
  };
};

const previewOf = (preview: string): 'served' | 'gone' => {
  if (preview === 'served' || preview === 'gone') return preview;
  throw new WrongArguments(`--preview ${preview}: give served or gone`);
};

const faultsIn = async (file: string): Promise<readonly FaultRule[]> => {
  const content = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new WrongArguments(`--faults: ${cause.message}`, { cause });
  });
  return checked('faults', () => readFaultRules(JSON.parse(content)));
};
