import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../src/local/command.ts';
import { alertsCommand } from './alertsCommand.ts';

const built = dirname(fileURLToPath(import.meta.url));
await runCommand(alertsCommand({ appRoot: process.cwd(), built, print: console.log }), process.argv.slice(2));
