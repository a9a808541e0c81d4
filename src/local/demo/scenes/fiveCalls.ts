import { machineIdOf, nextLinkOf, rowsOf } from '../body.ts';
import { observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import type { Answer, Stage } from '../stage.ts';

export const fiveCalls: Scene = {
  title: 'The five calls, under the paths that Defender documents',
  async play(stage) {
    const { user, domain, alertId } = stage.fleet;
    const filter = encodeURIComponent("healthStatus eq 'Active'");
    return [
      await list(stage, `/api/machines?$filter=${filter}&$top=2`),
      await list(stage, `/api/users/${user}/machines`),
      await list(stage, `/api/domains/${domain}/machines`),
      await one(stage, `/api/alerts/${alertId}/machine`),
      await pages(stage, '/testwdatppreview/machinesecuritystates'),
    ];
  },
};

const list = async (stage: Stage, target: string) => {
  const answer = await stage.ask(target);
  const rows = rowsOf(answer.body)?.length ?? 0;
  return observation(shown(target), `${statusOf(answer)}, ${rows} machines`, {
    'status 200': answer.status === 200,
    'machines in the answer': rows > 0,
  });
};

const one = async (stage: Stage, target: string) => {
  const answer = await stage.ask(target);
  const id = machineIdOf(answer.body);
  return observation(shown(target), `${statusOf(answer)}, machine ${id?.slice(0, 8)}…`, {
    'status 200': answer.status === 200,
    'a machine in the answer': id !== undefined,
  });
};

const pages = async (stage: Stage, target: string) => {
  const answer = await stage.ask(target);
  const rows = rowsOf(answer.body)?.length ?? 0;
  const link = nextLinkOf(answer.body);
  const next = await stage.ask((link ?? '').replace(stage.url, ''));
  const more = rowsOf(next.body)?.length ?? 0;
  return observation(shown(target), `${statusOf(answer)}, ${rows} security states, and ${more} on the next page`, {
    'status 200': answer.status === 200,
    'a link to the next page, on the gateway': link?.startsWith(stage.url) === true,
    'security states on the next page': next.status === 200 && more > 0,
  });
};

const shown = (target: string) => `GET ${decodeURIComponent(target)}`;
const statusOf = ({ status, ms }: Answer) => `${status} in ${ms} ms`;
