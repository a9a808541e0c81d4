/** Alerts from everywhere: each comes out with its machine, once, and Defender is asked for few of them. */
import type { ShownAlert } from '../alerts/alertBody.ts';
import { fleetAlerts } from '../alerts/fleetAlerts.ts';
import { type Letter, letters, lettersNeed, type RaisedAlert } from '../alerts/letters.ts';
import type { Sent } from '../alerts/sending.ts';
import { callsText, told } from '../alerts/telling.ts';
import { ended, results } from '../alerts/waiting.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { arrivalsSoFar } from '../simulatorLog.ts';
import type { Stage } from '../stage.ts';

export const alertFormats: Scene = {
  title: 'An alert of each format, by each way',
  async play(stage) {
    const all = letters(await fleetAlerts(stage, lettersNeed));
    const before = await arrivalsSoFar(stage);
    const enriched = await Promise.all(all.map((letter) => sendAndWait(stage, letter)));
    const calls = (await arrivalsSoFar(stage)) - before;
    const alerts = enriched.flatMap(({ shown }) => shown);
    return [...enriched.map(enrichedOne), cheap(alerts, calls), await delivered(stage, alerts)];
  },
};

interface Enriched {
  readonly letter: Letter;
  readonly sent: Sent;
  readonly shown: readonly ShownAlert[];
}

const sendAndWait = async (stage: Stage, letter: Letter): Promise<Enriched> => {
  const sent = await letter.way.send(stage, letter.body);
  const taken = sent.isTaken ? letter.alerts : [];
  return { letter, sent, shown: await Promise.all(taken.map(({ id }) => ended(stage, id))) };
};

const enrichedOne = ({ letter, sent, shown }: Enriched): Observation => {
  const { title, way, alerts, wrong } = letter;
  const refused = (sent.taken?.refused ?? []).map(({ item, message }) => `${item}: ${message}`);
  const saw = [sent.answer, ...refused, ...shown.map(told)].join('; ');
  return observation(`${title}: ${way.name}`, saw, {
    'it is taken': sent.isTaken,
    'each alert with its machines': alerts.every((alert, at) => hasMachines(alert, shown[at])),
    'what is no alert named': refused.length === wrong,
  });
};

const hasMachines = ({ machineIds }: RaisedAlert, shown: ShownAlert | undefined): boolean => {
  const found = shown?.result?.data.machines.map(({ machine }) => machine.id) ?? [];
  return shown?.state === 'enriched' && found.toSorted().join() === machineIds.toSorted().join();
};

const cheap = (alerts: readonly ShownAlert[], calls: number): Observation =>
  observation(`${alerts.length} alerts`, `${callsText(calls)} to Defender`, {
    'fewer calls than alerts': calls < alerts.length,
    'as many as the alerts say that they cost': calls === alerts.reduce((sum, alert) => sum + alert.calls, 0),
  });

const delivered = async (stage: Stage, alerts: readonly ShownAlert[]): Promise<Observation> => {
  const events = await results(stage, alerts.length);
  const ids = new Set(events.map(({ id }) => id));
  const types = [...new Set(events.map(({ type }) => type))].join(', ');
  const saw = `${events.length}: ${types}; each with the id that GET /gateway/alerts/{id} shows, such as ${events[0]?.id}`;
  return observation('the messages in the queue enriched-alerts', saw, {
    'one event for each alert': ids.size === alerts.length,
    'the id of its result on each': alerts.every(({ result }) => ids.has(result?.id ?? '')),
  });
};
