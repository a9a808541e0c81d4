/**
 * What Azure loads: settings, checked at once, and the list of functions. All that they do is loaded behind that, while Azure takes note of
 * them, or by the first request if that is faster.
 */
import { app } from '@azure/functions';
import { hookLogs } from './functions/logHook.ts';
import { register } from './functions/register.ts';
import { triggerSettings } from './functions/triggerSettings.ts';
import type { Gateway } from './gateway.ts';
import { environment, readSettings } from './settings.ts';

const settings = readSettings(environment());
let gateway: Promise<Gateway> | undefined;

/** A fault is told to whoever asks for it, and the next one tries again. */
const load = (): Promise<Gateway> => {
  gateway ??= import('./gateway.ts')
    .then(({ createGateway }) => createGateway(settings))
    .catch((fault) => {
      gateway = undefined;
      throw fault;
    });
  return gateway;
};

app.setup({ enableHttpStream: false });
hookLogs();
app.hook.appStart(() => void setImmediate(() => void load().catch(() => undefined)));
app.hook.appTerminate(async () => (await gateway)?.close());
register(
  {
    http: async (name) => (await load()).handlerOf(name),
    timer: async (name) => (await load()).timerOf(name),
    event: async (name) => (await load()).eventHandlerOf(name),
  },
  triggerSettings(settings),
);
