/**
 * Where playbooks are played: the whole gateway on this machine behind App Service Authentication's stand-in, with callers known by tokens; and a
 * stand-in for Defender's machine actions, which takes note of what it is to isolate.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { readJson, sendJson } from '../../../../src/local/json.ts';
import { listen } from '../../../../src/local/listen.ts';
import { exampleAudience } from '../../../../src/local/stack/exampleCallers.ts';
import { exampleToken } from '../../../../src/local/stack/exampleToken.ts';
import { startStack } from '../../../../src/local/stack/stack.ts';
import { until } from '../../../support/until.ts';
import { type Template, workflowOf } from './definition.ts';
import { type Played, play } from './play.ts';
import type { Received, Sent } from './run.ts';

/** What came to Defender: its machine, and all that was sent. */
export interface Isolated extends Sent {
  readonly machineId: string;
}

export interface Comment {
  readonly incidentArmId: string;
  readonly message: string;
}

export interface Shown extends Played {
  readonly comments: readonly Comment[];
  readonly isolated: readonly Isolated[];
  readonly sent: readonly Sent[];
}

export interface Stage {
  /** @param parameters those of the template, over what the stage gives */
  play(playbook: string, triggerBody: unknown, parameters?: Readonly<Record<string, unknown>>): Promise<Shown>;
  /** Asks one of the simulator's own pages. */
  control(method: string, page: string, body?: object): Promise<Record<string, unknown>>;
  /** Has a snapshot taken. */
  snapshot(): Promise<void>;
  /** What Defender answers to an isolation from now on; 201 with an action unless told. */
  refuseIsolation(status: number, body: object): void;
  stop(): Promise<void>;
}

const defenderAudience = 'https://defender.example';

export const readTemplate = (playbook: string): Template =>
  JSON.parse(readFileSync(`infra/playbooks/${playbook}.json`, 'utf8'));

export const startStage = async (): Promise<Stage> => {
  const stack = await startStack({
    appRoot: resolve('.'),
    workerPath: resolve('.build/worker.mjs'),
    data: { kind: 'memory' },
    auth: 'entra',
    simulator: { machines: 120 },
    environment: { QUOTA_NEW_LEDGER: 'unused', SECURITY_STATES_SOURCE: 'composed' },
  });
  if (!stack.entra) throw new Error('nobody issues tokens');
  const { front, issuer } = stack.entra;
  const token = await exampleToken(issuer.tokenUrl);
  let refusal: { readonly status: number; readonly body: object } | undefined;
  const actions = await startActions(() => refusal);

  const authorization = (audience: string | undefined): Record<string, string> => {
    if (audience === undefined) return {};
    return { authorization: `Bearer ${audience === exampleAudience.uri ? token : `for ${audience}`}` };
  };
  const send = async (sent: Sent): Promise<Received> => {
    const body = sent.body === undefined ? {} : { body: JSON.stringify(sent.body) };
    const headers = { ...sent.headers, ...authorization(sent.audience) };
    const response = await fetch(sent.url, { method: sent.method, headers, ...body });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };

  const asked = async (path: string) =>
    (
      await send({
        method: 'GET',
        url: `${front.url}${path}`,
        headers: {},
        body: undefined,
        audience: exampleAudience.uri,
      })
    ).body as { readonly value: readonly { readonly progress: unknown }[] };

  return {
    async play(playbook, triggerBody, parameters = {}) {
      const { definition, given } = workflowOf(readTemplate(playbook));
      const all: Record<string, unknown> = {
        ...defaultsOf(readTemplate(playbook)),
        gatewayUrl: front.url,
        gatewayAudience: exampleAudience.uri,
        defenderUrl: actions.url,
        defenderAudience,
        teamsWebhookUrl: `${actions.url}/teams`,
        ...parameters,
      };
      const values = Object.keys(given).map((name) => [name, name === '$connections' ? connections : all[name]]);
      const comments: Comment[] = [];
      const log: Sent[] = [];
      actions.forget();
      const played = await play(definition, {
        parameters: Object.fromEntries(values),
        triggerBody,
        runName: '08584000000000000000000000000CU00',
        send: (sent) => {
          log.push(sent);
          return send(sent);
        },
        async connect(path, body) {
          expect(path).toBe('/Incidents/Comment');
          comments.push(body as Comment);
        },
        pause: (seconds) => new Promise((go) => setTimeout(go, Math.min(seconds, 1) * 1000)),
      });
      return { ...played, comments, isolated: actions.isolated(log), sent: log };
    },
    async control(method, page, body) {
      const response = await fetch(`${stack.simulator.url}/_simulator/${page}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${page}: ${await response.text()}`);
      return JSON.parse(await response.text());
    },
    async snapshot() {
      const count = async () =>
        (await asked('/gateway/snapshots')).value.filter(({ progress }) => progress === null).length;
      const before = await count();
      const headers = { 'x-functions-key': stack.hosts[0].keys.master, 'content-type': 'application/json' };
      const path = '/admin/functions/snapshotSecurityStates';
      const fired = await fetch(`${stack.url}${path}`, { method: 'POST', headers, body: '{}' });
      expect(fired.status).toBe(202);
      await until('a snapshot', async () => (await count()) > before);
    },
    refuseIsolation: (status, body) => {
      refusal = { status, body };
    },
    async stop() {
      await actions.stop();
      await stack.stop();
    },
  };
};

const connections = { azuresentinel: { connectionId: 'sentinel' } };

const defaultsOf = ({ parameters }: Template) =>
  Object.fromEntries(Object.entries(parameters).map(([name, { defaultValue }]) => [name, defaultValue]));

const startActions = async (refusal: () => { readonly status: number; readonly body: object } | undefined) => {
  let machineIds: string[] = [];
  const server = createServer(async (request, response) => {
    await readJson(request);
    const [, machineId] = /^\/api\/machines\/([^/]+)\/isolate$/.exec(request.url ?? '') ?? [];
    if (machineId === undefined) return sendJson(response, 200, {});
    const refused = refusal();
    if (refused) return sendJson(response, refused.status, refused.body);
    machineIds.push(machineId);
    sendJson(response, 201, {
      id: 'b89eb834-4578-496c-8be0-03f004061435',
      type: 'Isolate',
      status: 'Pending',
      machineId,
    });
  });
  const part = await listen(server, 0);
  return {
    ...part,
    forget() {
      machineIds = [];
    },
    isolated: (log: readonly Sent[]): readonly Isolated[] =>
      machineIds.flatMap((machineId) =>
        log.filter(({ url }) => url.endsWith(`/${machineId}/isolate`)).map((sent) => ({ ...sent, machineId })),
      ),
  };
};
