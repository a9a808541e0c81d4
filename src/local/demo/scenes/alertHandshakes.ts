/** What those who send alerts ask first: whether they are wanted. */
import { validationEvent } from '../alerts/feeds/events.ts';
import { functionAddress, post } from '../alerts/sending.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import type { Stage } from '../stage.ts';

export const alertHandshakes: Scene = {
  title: 'Webhooks that ask whether they are wanted',
  play: async (stage) => [
    await graph(stage),
    await eventGrid('/gateway/hooks/alerts?code=…', stage, `/gateway/hooks/alerts?code=${stage.keys.function}`),
    await eventGrid('the function alertRaised', stage, functionAddress(stage.keys)),
    await cloudEvents(stage),
    await withoutKey(stage),
  ],
};

const graph = async ({ send, keys }: Stage): Promise<Observation> => {
  const token = 'Validation: Testing client application reachability';
  const target = `/gateway/hooks/alerts?code=${keys.function}&validationToken=${encodeURIComponent(token)}`;
  const response = await send(target, { method: 'POST', headers: { 'content-type': 'text/plain' } });
  const [type, said] = [response.headers.get('content-type'), await response.text()];
  return observation('Graph: POST /gateway/hooks/alerts?code=…&validationToken=…', `${response.status} ${said}`, {
    'status 200': response.status === 200,
    'the token as text': said === token && type?.startsWith('text/plain') === true,
  });
};

const eventGrid = async (name: string, { send }: Stage, target: string): Promise<Observation> => {
  const code = '512d38b6-c7b8-40c8-89fe-f46f9e9622b6';
  const asked = post([validationEvent(code)], { 'aeg-event-type': 'SubscriptionValidation' });
  const response = await send(target, asked);
  const said = await response.text();
  return observation(`Event Grid, with its own schema: ${name}`, `${response.status} ${said}`, {
    'status 200': response.status === 200,
    'the code': said === JSON.stringify({ validationResponse: code }),
  });
};

const cloudEvents = async ({ send, keys }: Stage): Promise<Observation> => {
  const origin = 'eventgrid.azure.net';
  const headers = { 'webhook-request-origin': origin };
  const response = await send(`/gateway/hooks/alerts?code=${keys.function}`, { method: 'OPTIONS', headers });
  const allowed = response.headers.get('webhook-allowed-origin');
  return observation('CloudEvents: OPTIONS', `${response.status}, WebHook-Allowed-Origin: ${allowed}`, {
    'status 200': response.status === 200,
    'the one who asks allowed': allowed === origin,
  });
};

const withoutKey = async ({ send }: Stage): Promise<Observation> => {
  const response = await send('/gateway/hooks/alerts?validationToken=x', { method: 'POST' });
  return observation('the same without the key', String(response.status), { 'status 401': response.status === 401 });
};
