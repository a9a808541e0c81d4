import type { FleetExamples } from '../fleetExamples.ts';
import type { RunningStack } from '../stack.ts';
import { alertLines, curlLines, hookLine, keyCredential, snapshotLines } from './curlLines.ts';
import type { Paint } from './paint.ts';
import { tokenCredential, tokenLines } from './tokenLines.ts';

/** What is printed when a stack is ready: where everything is, and what to try. */
export const welcome = (stack: RunningStack, fleet: FleetExamples, data: string, paint: Paint): readonly string[] => {
  const { entra, hosts } = stack;
  const url = entra?.front.url ?? stack.url;
  const credential = entra ? tokenCredential('T') : keyCredential(hosts[0].keys.function);
  const snapshot = data === '.local' ? 'npm run snapshot' : `npm run snapshot -- --data ${data}`;
  return [
    '',
    ...table(rowsOf(stack, data), paint),
    '',
    ...(entra ? tokensOf(entra, paint) : []),
    ...curlLines(url, credential, fleet).map((line) => `  ${line}`),
    '',
    `${paint('bold', 'An alert')} comes in, in any format, and is there with its machine; also in the queue enriched-alerts:`,
    ...alertLines(url, credential, fleet).map((line) => `  ${line}`),
    `  ${hookLine(url, hosts[0].keys.function, fleet)}`,
    '',
    `${paint('bold', snapshot)} takes a snapshot of all security states now, as the timer does each hour. Then there is:`,
    ...snapshotLines(url, credential, fleet).map((line) => `  ${line}`),
    '',
    paint('dim', 'Ctrl-C stops all of it.'),
    '',
  ];
};

const rowsOf = (
  { simulator, identity, azurite, hosts, entra }: RunningStack,
  data: string,
): readonly (readonly string[])[] => [
  ...(entra ? [['front', entra.front.url, 'asks for tokens, as App Service Authentication does']] : []),
  ...hosts.map(({ url }, index) => [index === 0 ? 'gateway' : `gateway ${index + 1}`, url]),
  ...(entra ? [['issuer', `${entra.issuer.url}/_issuer`, 'shows and changes who may ask for tokens']] : []),
  ['simulator', `${simulator.url}/_simulator/fleet`, 'also /_simulator/arrivals, /_simulator/windows'],
  ['identity', `${identity.url}/_identity/requests`],
  ['blobs', azurite.blobs],
  ['queues', azurite.queues],
  ['tables', azurite.tables],
  ['data', data, '--fresh forgets it'],
];

const tokensOf = ({ issuer, front }: NonNullable<RunningStack['entra']>, paint: Paint): readonly string[] => [
  `${paint('bold', 'Tokens')} are good for an hour. T is a playbook's, A an administrator's:`,
  ...tokenLines(issuer).map((line) => `  ${line}`),
  `  curl -s ${tokenCredential('A')} '${front.url}/gateway/health/permissions'`,
  '',
];

const table = (rows: readonly (readonly string[])[], paint: Paint): readonly string[] => {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [first, second] = [widthOf(0), widthOf(1)];
  return rows.map(([name = '', value = '', remark = '']) =>
    `  ${paint('bold', name.padEnd(first))}  ${value.padEnd(second)}  ${paint('dim', remark)}`.trimEnd(),
  );
};
