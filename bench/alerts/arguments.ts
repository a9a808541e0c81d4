/** The options of `npm run bench:alerts`. */
import { parseArgs } from 'node:util';
import { checked, WrongArguments, wholeNumber } from '../../src/local/command.ts';
import { type Limit, parseLimits } from '../../src/quota/limits.ts';

export const help = `npm run bench:alerts -- [--chaos] [options]

Alerts through the gateway as Azure places it: a process for each function, on Azurite, before a simulated Defender.

Without --chaos a storm: all alerts at once, each naming its machine, then the naive way (one call per alert, which waits as long as a 429
says); both are told, and how they compare. With --chaos instances are killed throughout, storage and Defender fail now and then, and one
alert in ten names no machine. Alerts are looked at in the end: all, of more than 2000 each fifth and whatever is not as it has to be. Ends with one line of JSON. Exit code 1 if one is lost, is not final,
is in another state than it has to be or has the wrong machine, if a body was refused or an event is none or changed its words, or if a
limit was broken; which figures were wanted is told, and whether they were met: where not, it is no error.

  --alerts N       different alerts, 1 to 50000 (default 1000; with --chaos 10000)
  --machines N     records in the simulated fleet, 10 to 100000 (default 400; with --chaos 4000)
  --limits LIST    calls/seconds that Defender allows and the gateway keeps (default 100/60,1500/3600; with --chaos 100/6,1500/360)
  --instances N    of each function that has much to do, 1 to 8 (default 2)
  --named SHARE    of the alerts, 0 to 1, that name their machine (default 1; with --chaos 0.9)
  --minutes N      until it is given up, 1 to 120 (default 3; with --chaos 15: troubles for 70 % of it at most, then 3 or more to heal)
  --seed N         the same seed makes the same fleet, alerts and troubles (default 1)
  --alone          without the naive way, which waits for minutes`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  alerts: text,
  machines: text,
  limits: text,
  instances: text,
  named: text,
  minutes: text,
  seed: text,
  chaos: flag,
  alone: flag,
} as const;

export interface BenchArguments {
  readonly alerts: number;
  readonly machines: number;
  readonly limits: readonly Limit[];
  readonly instances: number;
  /** 0 to 1. */
  readonly named: number;
  readonly minutes: number;
  readonly seed: number;
  readonly chaos: boolean;
  readonly withNaive: boolean;
}

const storm = { alerts: 1_000, machines: 400, limits: '100/60,1500/3600', named: '1', minutes: 3 };
const chaos = { alerts: 10_000, machines: 4_000, limits: '100/6,1500/360', named: '0.9', minutes: 15 };

/** @throws WrongArguments, or what `parseArgs` throws */
export const readArguments = (args: readonly string[]): BenchArguments => {
  const { values } = parseArgs({ args: [...args], options });
  const usual = values.chaos ? chaos : storm;
  return {
    alerts: wholeNumber('alerts', values.alerts, 1, 50_000) ?? usual.alerts,
    machines: wholeNumber('machines', values.machines, 10, 100_000) ?? usual.machines,
    limits: checked('limits', () => parseLimits(values.limits ?? usual.limits)),
    instances: wholeNumber('instances', values.instances, 1, 8) ?? 2,
    named: shareOf(values.named ?? usual.named),
    minutes: wholeNumber('minutes', values.minutes, 1, 120) ?? usual.minutes,
    seed: wholeNumber('seed', values.seed, 0, 4_294_967_295) ?? 1,
    chaos: values.chaos ?? false,
    withNaive: !values.chaos && !values.alone,
  };
};

const shareOf = (given: string): number => {
  const share = Number(given);
  if (/^\d*\.?\d+$/.test(given) && share <= 1) return share;
  throw new WrongArguments(`--named ${given}: give a share from 0 to 1, such as 0.9`);
};
