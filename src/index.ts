/**
 * What Azure loads: settings, checked at once, and the list of functions. All that they do is loaded behind that, while Azure takes note of
 * them, or by the first request if that is faster.
 */
import { app } from '@azure/functions';
import { register } from './functions/register.ts';
import type { Gateway } from './gateway.ts';
import { environment, readSettings } from './settings.ts';

const settings = readSettings(environment());
let gateway: Promise<Gateway> | undefined;

const load = (): Promise<Gateway> => {
  gateway ??= import('./gateway.ts').then(({ createGateway }) => createGateway(settings));
  return gateway;
};

app.setup({ enableHttpStream: false });
app.hook.appStart(() => void setImmediate(() => void load()));
app.hook.appTerminate(async () => (await gateway)?.close());
register(async (name) => (await load()).handlerOf(name));
