/** Bodies that carry the alerts, and by which way each goes: some alerts come by two feeds, in two formats and spellings. */
import type { PlannedAlert } from './plannedAlert.ts';
import { otherSpelling } from './spelling.ts';
import type { ToldAlert, Writer } from './writer.ts';
import { writers } from './writers.ts';

/** `http` and `hook` to the gateway's two addresses, `queue` and `base64` straight into `alerts-in`, `eventGrid` to the function of its own. */
export type Way = 'http' | 'hook' | 'queue' | 'base64' | 'eventGrid';

export interface Sending {
  readonly way: Way;
  readonly format: string;
  readonly contentType: string;
  readonly body: string;
  /** Places of its alerts in the plan. */
  readonly alerts: readonly number[];
}

export interface SendingPlan {
  /** Share of the alerts that come twice. */
  readonly twice: number;
  readonly ways: readonly Way[];
  /** 0 to 1. */
  readonly random: () => number;
}

/** A message of a queue holds 64 KiB, in base64 a quarter less. */
const mostInMessage = 46_000;

/** In the order of the alerts; what comes twice comes again near the first time. */
export const planSendings = (alerts: readonly PlannedAlert[], plan: SendingPlan): readonly Sending[] => {
  const open = new Map<Writer, Written[]>();
  const sendings: Sending[] = [];
  const close = (writer: Writer) => {
    const written = open.get(writer) ?? [];
    open.delete(writer);
    if (written.length > 0) sendings.push(sendingOf(writer, written, plan));
  };
  const add = (writer: Writer, written: Written) => {
    const all = [...(open.get(writer) ?? []), written];
    open.set(writer, all);
    if (all.length >= writer.most) close(writer);
  };
  alerts.forEach((alert, place) => {
    const [first, second] = twoWriters(alert, plan.random);
    add(first, { place, told: toldAs(alert, plan.random() < 0.3) });
    if (plan.random() < plan.twice) add(second, { place, told: toldAs(alert, plan.random() < 0.6) });
  });
  for (const writer of [...open.keys()]) close(writer);
  return sendings;
};

interface Written {
  readonly place: number;
  readonly told: ToldAlert;
}

/** What Defender does not know has to be told with its time, or it would be waited for. */
const twoWriters = ({ expected }: PlannedAlert, random: () => number): readonly [Writer, Writer] => {
  const able = writers.filter(({ tellsTime }) => tellsTime || expected.state === 'enriched');
  const first = Math.floor(random() * able.length);
  const second = (first + 1 + Math.floor(random() * (able.length - 1))) % able.length;
  return [able[first], able[second]] as [Writer, Writer];
};

const toldAs = ({ id, machineId, raisedAt, product }: PlannedAlert, other: boolean): ToldAlert => ({
  id: other ? otherSpelling(id) : id,
  ...(machineId && { machineId }),
  raisedAt,
  product,
});

const sendingOf = (writer: Writer, written: readonly Written[], { ways, random }: SendingPlan): Sending => {
  const body = JSON.stringify(writer.write(written.map(({ told }) => told)));
  const fitting = ways.filter(
    (way) =>
      (way !== 'eventGrid' || writer.name === 'eventGrid') &&
      (!['queue', 'base64'].includes(way) || body.length <= mostInMessage),
  );
  const way = fitting[Math.floor(random() * fitting.length)] ?? 'http';
  const { name: format, contentType } = writer;
  return { way, format, contentType, body, alerts: written.map(({ place }) => place) };
};
