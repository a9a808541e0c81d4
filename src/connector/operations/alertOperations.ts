/** Alerts come in, and are looked at. */
import { accepted, always, type HeaderName, ofAlert, stored } from '../headers.ts';
import type { Answer, Operation } from '../operation.ts';
import { changing, looking, sending } from '../responseSets.ts';

const access = ['Alerts.Enrich'] as const;
const read = ['Prefer', 'RequestId', 'IfNoneMatch'] as const;

const taken: Answer = {
  status: 202,
  description: 'What is recorded, and what can not be taken.',
  schema: 'TakenAlerts',
  headers: accepted,
};
const validated: Answer = {
  status: 200,
  description: 'To a handshake: the code, or the token as text.',
  schema: 'Validation',
  headers: always,
};
const mayHeaders: readonly HeaderName[] = [...always, 'Allow'];
const may: readonly Answer[] = [
  { status: 204, description: 'Methods that are answered.', headers: mayHeaders },
  {
    status: 200,
    description: 'Whoever asks may send.',
    headers: [...mayHeaders, 'WebHook-Allowed-Origin', 'WebHook-Allowed-Rate'],
  },
];

const body = {
  schema: 'SentAlert',
  title: 'Alert',
  description: 'An alert as it came, in any of the formats; or its id.',
} as const;

export const alertOperations: readonly Operation[] = [
  {
    access,
    method: 'post',
    path: '/gateway/alerts',
    id: 'SendAlert',
    summary: 'Send an alert to be enriched with its machines',
    description: 'It is recorded before this is answered. What comes of it is found with "Get an alert".',
    visibility: 'important',
    parameters: ['RequestId'],
    body,
    answers: [taken],
    shared: sending,
  },
  {
    access,
    method: 'options',
    path: '/gateway/alerts',
    id: 'AskToSendAlerts',
    summary: 'Ask whether alerts may be sent',
    description: 'The handshake of CloudEvents.',
    visibility: 'internal',
    parameters: ['WebhookRequestOrigin', 'RequestId'],
    answers: may,
    shared: ['Unauthorized', 'Forbidden', 'Failed'],
  },
  {
    access: 'key',
    method: 'post',
    path: '/gateway/hooks/alerts',
    id: 'ReceiveAlerts',
    summary: 'Receive alerts of a webhook',
    description: 'For webhooks that can only carry a key; it always takes a key, and no token.',
    visibility: 'internal',
    parameters: ['RequestId', 'ValidationToken'],
    body,
    answers: [taken, validated],
    shared: sending,
  },
  {
    access: 'key',
    method: 'options',
    path: '/gateway/hooks/alerts',
    id: 'AskToSendWebhooks',
    summary: 'Ask whether a webhook may send alerts',
    description: 'The handshake of CloudEvents.',
    visibility: 'internal',
    parameters: ['WebhookRequestOrigin', 'RequestId'],
    answers: may,
    shared: ['Unauthorized', 'Failed'],
  },
  {
    access,
    method: 'get',
    path: '/gateway/alerts',
    id: 'ListAlerts',
    summary: 'List alerts that wait or failed',
    description: 'Of those that wait, the next to be tried comes first.',
    parameters: ['AlertState', 'TopThousand', 'SkipToken', ...read],
    answers: [{ status: 200, description: 'Alerts, each with its link.', schema: 'AlertList', headers: stored }],
    shared: looking,
    pages: true,
  },
  {
    access,
    method: 'get',
    path: '/gateway/alerts/{id}',
    id: 'GetAlert',
    summary: 'Get an alert with its machines',
    description:
      'How it stands, and its result. With Prefer: wait=60 it is answered when it has ended, or after so long.',
    visibility: 'important',
    parameters: ['AlertId', ...read],
    answers: [
      { status: 200, description: 'The alert, with its result once there is one.', schema: 'Alert', headers: ofAlert },
    ],
    shared: looking,
  },
  {
    access,
    method: 'post',
    path: '/gateway/alerts/{id}/replay',
    id: 'ReplayAlert',
    summary: 'Have an alert begin anew',
    description: 'One that has ended gets another result; one that waits is tried at once.',
    parameters: ['FailedAlertId', 'RequestId'],
    answers: [{ status: 202, description: 'It begins anew.', schema: 'ReplayedAlert', headers: accepted }],
    shared: changing,
  },
];
