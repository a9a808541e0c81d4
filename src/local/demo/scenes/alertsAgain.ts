/** Alerts that come twice, that are not Defender's, that are none, and one that is made to begin anew. */
import { type ShownAlert, takenOf } from '../alerts/alertBody.ts';
import { plainAlert, plainId } from '../alerts/feeds/plain.ts';
import { type FleetAlert, fleetAlerts } from '../alerts/fleetAlerts.ts';
import { callsText, told } from '../alerts/telling.ts';
import { ended } from '../alerts/waiting.ts';
import { errorOf } from '../body.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { arrivalsSoFar } from '../simulatorLog.ts';
import type { Stage } from '../stage.ts';

export const alertsAgain: Scene = {
  title: 'Alerts that come twice, from elsewhere, or are none',
  async play(stage) {
    const [alert] = (await fleetAlerts(stage, needed)).filter(({ id }) => /^da\d{18}_/.test(id));
    if (!alert) throw new Error('no alert has an id in its longer spelling');
    await stage.ask('/gateway/alerts', {}, plainAlert(alert));
    const first = await ended(stage, alert.id);
    return [
      await otherSpelling(stage, alert, first),
      await otherProduct(stage),
      await none(stage),
      await replayed(stage, alert, first),
    ];
  },
};

/** The first of them come before; among so many there is one of each spelling. */
const needed = 30;

const otherSpelling = async (stage: Stage, alert: FleetAlert, first: ShownAlert): Promise<Observation> => {
  const id = alert.id.slice(2);
  const answer = await stage.ask('/gateway/alerts', {}, plainId({ ...alert, id }));
  const status = takenOf(answer.body)?.accepted[0]?.status;
  const again = await ended(stage, id);
  return observation(`${first.alertId} comes again, as ${id}`, `${answer.status} ${status}; its result is the same`, {
    'it is known': status === 'known',
    'the result that it has': again.result?.id !== undefined && again.result.id === first.result?.id,
  });
};

const otherProduct = async (stage: Stage): Promise<Observation> => {
  const alertId = 'fa637472900382838869_1364969609';
  const before = await arrivalsSoFar(stage);
  await stage.ask('/gateway/alerts', {}, { alertId });
  const shown = await ended(stage, alertId);
  const calls = (await arrivalsSoFar(stage)) - before;
  return observation('An alert of another product', `${told(shown)}; ${callsText(calls)}`, {
    'the state notDefender': shown.state === 'notDefender',
    'no call to Defender': calls === 0,
  });
};

const none = async (stage: Stage): Promise<Observation> => {
  const { status, body } = await stage.ask('/gateway/alerts', {}, { hello: 'world' });
  const message = errorOf(body)?.message ?? '';
  return observation('{"hello":"world"}', `${status} ${message.slice(0, 120)}…`, {
    'status 400': status === 400,
    'the formats named': ['Defender alert', 'Sentinel', 'Graph', 'streaming'].every((one) => message.includes(one)),
  });
};

const replayed = async (stage: Stage, { id }: FleetAlert, first: ShownAlert): Promise<Observation> => {
  const { status } = await stage.ask(`/gateway/alerts/${id}/replay`, {}, {});
  const again = await ended(stage, id);
  const [before, after] = [first.result, again.result];
  return observation(
    `POST /gateway/alerts/${id}/replay`,
    `${status}; sequence ${after?.sequence}, as the event ${after?.id}`,
    {
      'status 202': status === 202,
      'another result, with a higher number': after !== undefined && after.sequence > (before?.sequence ?? ''),
      'an id of its own': after?.id !== before?.id,
    },
  );
};
