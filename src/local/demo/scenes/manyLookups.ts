/** The loop of a playbook over many names, and a batch: what is asked at the same moment travels together. */
import { namesOf, statusesOf } from '../body.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import { arrivalsSoFar } from '../simulatorLog.ts';
import type { Stage } from '../stage.ts';

const lookups = 40;
/** 30 names fit into one call; what comes a moment late goes with a third. */
const mostCalls = 3;

export const manyLookups: Scene = {
  title: `${lookups} lookups at once`,
  async play(stage) {
    const names = await namesIn(stage);
    return [await forEach(stage, names.slice(0, lookups)), await batch(stage, names.slice(lookups))];
  },
};

/** Whole names, each once; of machines that the scenes before did not look up. */
const namesIn = async ({ ask }: Stage): Promise<readonly string[]> => {
  const { body } = await ask('/api/machines?$top=120&$skip=1000');
  const names = namesOf(body).filter((name) => name.includes('.'));
  return names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
};

const forEach = async (stage: Stage, names: readonly string[]): Promise<Observation> => {
  const before = await arrivalsSoFar(stage);
  const answers = await Promise.all(names.map((name) => stage.ask(`/api/machines?$filter=${filterFor(name)}`)));
  const calls = (await arrivalsSoFar(stage)) - before;
  const right = answers.filter(({ status, body }, index) => status === 200 && isAll(namesOf(body), names[index]));
  const longest = Math.max(...answers.map(({ ms }) => ms));
  const saw = `${right.length} right answers within ${longest} ms, ${calls} calls to Defender`;
  return observation(`${names.length} times GET /api/machines?$filter=computerDnsName eq '…'`, saw, {
    [`${lookups} names`]: names.length === lookups,
    'each with the machines of its own name': right.length === names.length,
    [`${mostCalls} calls at most`]: calls <= mostCalls,
  });
};

const batch = async (stage: Stage, names: readonly string[]): Promise<Observation> => {
  const { unknownAlertId } = stage.fleet;
  const lookups = names.slice(0, 20).map((name) => `machines?$filter=${filterFor(name)}`);
  const urls = [...lookups, `alerts/${unknownAlertId}/machine`, ...lookups];
  const requests = urls.map((url, index) => ({ id: String(index), method: 'GET', url }));
  const before = await arrivalsSoFar(stage);
  const answer = await stage.ask('/api/$batch', {}, { requests });
  const calls = (await arrivalsSoFar(stage)) - before;
  const statuses = statusesOf(answer.body);
  const found = statuses.filter((status) => status === 200).length;
  const saw = `${answer.status}; in it ${found} times 200, and ${statuses[lookups.length]}; ${calls} calls to Defender`;
  return observation(`POST /api/$batch with ${urls.length} requests, ${lookups.length} of them twice`, saw, {
    'status 200': answer.status === 200,
    'an answer to each': statuses.length === urls.length && found === urls.length - 1,
    '404 for the alert that is none': statuses[lookups.length] === 404,
    [`${mostCalls} calls at most`]: calls <= mostCalls,
  });
};

const filterFor = (name: string): string => encodeURIComponent(`computerDnsName eq '${name}'`);

const isAll = (names: readonly string[], name: string | undefined): boolean =>
  names.length > 0 && names.every((one) => one === name);
