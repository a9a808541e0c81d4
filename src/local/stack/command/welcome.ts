import type { FleetExamples } from '../fleetExamples.ts';
import type { RunningStack } from '../stack.ts';
import { alertLines, curlLines, snapshotLines } from './curlLines.ts';
import type { Paint } from './paint.ts';

/** What is printed when a stack is ready: where everything is, and what to try. */
export const welcome = (stack: RunningStack, fleet: FleetExamples, data: string, paint: Paint): readonly string[] => {
  const { simulator, identity, azurite, hosts } = stack;
  const rows = [
    ...hosts.map(({ url }, index) => [index === 0 ? 'gateway' : `gateway ${index + 1}`, url]),
    ['simulator', `${simulator.url}/_simulator/fleet`, 'also /_simulator/arrivals, /_simulator/windows'],
    ['identity', `${identity.url}/_identity/requests`],
    ['blobs', azurite.blobs],
    ['queues', azurite.queues],
    ['tables', azurite.tables],
    ['data', data, '--fresh forgets it'],
  ];
  const key = hosts[0].keys.function;
  const snapshot = data === '.local' ? 'npm run snapshot' : `npm run snapshot -- --data ${data}`;
  return [
    '',
    ...table(rows, paint),
    '',
    ...curlLines(stack.url, key, fleet).map((line) => `  ${line}`),
    '',
    `${paint('bold', 'An alert')} comes in, in any format, and is there with its machine; also in the queue enriched-alerts:`,
    ...alertLines(stack.url, key, fleet).map((line) => `  ${line}`),
    '',
    `${paint('bold', snapshot)} takes a snapshot of all security states now, as the timer does each hour. Then there is:`,
    ...snapshotLines(stack.url, key, fleet).map((line) => `  ${line}`),
    '',
    paint('dim', 'Ctrl-C stops all of it.'),
    '',
  ];
};

const table = (rows: readonly (readonly string[])[], paint: Paint): readonly string[] => {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const [first, second] = [widthOf(0), widthOf(1)];
  return rows.map(([name = '', value = '', remark = '']) =>
    `  ${paint('bold', name.padEnd(first))}  ${value.padEnd(second)}  ${paint('dim', remark)}`.trimEnd(),
  );
};
