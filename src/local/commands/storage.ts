import { parseArgs } from 'node:util';
import { runCommand, wholeNumber } from '../command.ts';
import type { RunningPart } from '../part.ts';
import type { StoragePorts } from '../stack/azurite.ts';
import { portOptions, usualPorts } from '../stack/ports.ts';
import { startStorage } from '../stack/storage.ts';

const help = `npm run storage -- [--data DIR] [--fresh] [--blob-port N] [--queue-port N] [--table-port N]

Azurite alone, as npm start has it: what AzureWebJobsStorage=UseDevelopmentStorage=true means on this machine.

  --data DIR      where it keeps its data (default .local); one process at a time
  --fresh         forget that data first
  --blob-port N, --queue-port N, --table-port N
                  0 for a free one (default 10000, 10001, 10002)`;

const text = { type: 'string' } as const;
const options = {
  data: text,
  fresh: { type: 'boolean' },
  'blob-port': text,
  'queue-port': text,
  'table-port': text,
} as const;

const start = async (args: readonly string[]): Promise<RunningPart> => {
  const { values } = parseArgs({ args: [...args], options });
  const port = (part: keyof StoragePorts, given: string | undefined) =>
    wholeNumber(portOptions[part], given, 0, 65_535) ?? usualPorts[part];
  const ports = {
    blobs: port('blobs', values['blob-port']),
    queues: port('queues', values['queue-port']),
    tables: port('tables', values['table-port']),
  };
  const data = { kind: 'folder', folder: values.data ?? '.local', fresh: values.fresh ?? false } as const;
  const storage = await startStorage(process.cwd(), ports, data, (how) => {
    console.error(`storage: ${how}`);
    process.exit(1);
  });
  console.log(`storage: ${storage.url}`);
  console.log(`AzureWebJobsStorage=${storage.azurite.connectionString}`);
  return storage;
};

await runCommand({ name: 'storage', help, start }, process.argv.slice(2));
