/** What playbooks ask of an incident, several of them and again and again, and how little of it Defender sees. */
import { machineIdOf, resolutionOf, rowsOf } from '../body.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { arrivalsSoFar } from '../simulatorLog.ts';
import type { Answer, Stage } from '../stage.ts';

const playbooks = 3;

export const incident: Scene = {
  title: 'An incident',
  async play(stage) {
    const first = await counted(stage, () => Promise.all(Array.from({ length: playbooks }, () => ask(stage))));
    const later = await counted(stage, () => ask(stage));
    const fresh = await counted(stage, () => ask(stage, { 'cache-control': 'no-cache' }));
    return [
      ...(await resolved(stage, first.answers[0])),
      atOnce(first.answers, first.calls),
      again(later.answers, later.calls),
      anew(fresh.answers, fresh.calls),
      await ambiguous(stage),
    ];
  },
};

/** What a playbook asks: which machine the name of the alert means, the alert's own machine, the machines of its user. */
const ask = ({ ask: get, fleet: { incident: about } }: Stage, headers = {}): Promise<readonly Answer[]> =>
  Promise.all(targetsOf(about).map((target) => get(target, headers)));

const targetsOf = ({ alertId, hostName, user }: Stage['fleet']['incident']) => [
  `/gateway/machines/resolve?hostName=${hostName}`,
  `/api/alerts/${alertId}/machine`,
  `/api/users/${user}/machines`,
];

const counted = async <T>(stage: Stage, play: () => Promise<T>) => {
  const before = await arrivalsSoFar(stage);
  const answers = await play();
  return { answers, calls: (await arrivalsSoFar(stage)) - before };
};

const resolved = async (stage: Stage, answers: readonly Answer[] = []): Promise<readonly Observation[]> => {
  const { machineId } = stage.fleet.incident;
  const [name, alert, user] = targetsOf(stage.fleet.incident);
  const resolution = resolutionOf(answers[0]?.body);
  const ofUser = (rowsOf(answers[2]?.body) ?? []).map(machineIdOf);
  return [
    observation(`GET ${name}`, `${resolution?.match}: ${resolution?.message}`, {
      'an exact match': resolution?.match === 'exact',
      "the alert's machine": resolution?.machine?.id === machineId,
    }),
    observation(`GET ${alert}`, `${answers[1]?.status}, machine ${machineIdOf(answers[1]?.body)?.slice(0, 8)}…`, {
      'the same machine': machineIdOf(answers[1]?.body) === machineId,
    }),
    observation(`GET ${user}`, `${answers[2]?.status}, ${ofUser.length} machines`, {
      'the machine among them': ofUser.includes(machineId),
    }),
  ];
};

const atOnce = (answers: readonly (readonly Answer[])[], calls: number): Observation => {
  const all = answers.flat();
  return observation(`${playbooks} playbooks ask these three at once`, `${all.length} answers, ${callsText(calls)}`, {
    'all of them answered': all.every(({ status }) => status === 200),
    'one call for each question': calls === 3,
  });
};

const again = (answers: readonly Answer[], calls: number): Observation => {
  const [, ofAlert] = answers;
  const age = ofAlert?.headers.get('age');
  const status = ofAlert?.headers.get('cache-status') ?? '';
  return observation('a fourth asks them a moment later', `${callsText(calls)}, Age: ${age}, Cache-Status: ${status}`, {
    'no call to Defender': calls === 0,
    'an age in whole seconds': /^\d+$/.test(age ?? ''),
    'a Cache-Status that says hit': /;\s*hit\b/.test(status),
  });
};

const anew = (answers: readonly Answer[], calls: number): Observation => {
  const status = answers[1]?.headers.get('cache-status') ?? '';
  return observation('and with Cache-Control: no-cache', `${callsText(calls)}, Cache-Status: ${status}`, {
    'a new call for each question': calls === 3,
    'a Cache-Status that says that the caller wanted it': status.includes('fwd=request'),
  });
};

const ambiguous = async ({ ask: get, fleet: { ambiguousHostName } }: Stage): Promise<Observation> => {
  const target = `/gateway/machines/resolve?hostName=${ambiguousHostName}`;
  const { status, body } = await get(target);
  const { match, message, machine, candidates = [] } = resolutionOf(body) ?? {};
  const standing = candidates.filter(({ behind }) => behind === null);
  return observation(`GET ${target}`, `${status} ${match}: ${message}`, {
    'status 200': status === 200,
    'no machine guessed': match === 'ambiguous' && machine === null,
    'both candidates': standing.length === 2,
  });
};

const callsText = (calls: number): string => `${calls} ${calls === 1 ? 'call' : 'calls'} to Defender`;
