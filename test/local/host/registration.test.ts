import { type Clock, systemClock } from '../../../src/clock.ts';
import { appRoot, startTestHost } from './support/testHost.ts';

const servedBy = async (app: string, more: Parameters<typeof startTestHost>[1] = {}) => {
  const host = await startTestHost(app, more);
  await host.stop();
  return host;
};

const names = (host: { functions: readonly { name: string }[] }) => host.functions.map(({ name }) => name);

describe('what is registered', () => {
  it('is exactly what the official model gives to Azure', async () => {
    const { functions } = await servedBy('plain', { functions: ['machines', 'nightly'] });
    const hashed = (type: string) => expect.stringMatching(new RegExp(`^${type}[0-9a-f]{10}$`));
    const properties = { supportsDeferredBinding: 'false' };
    const trigger = { direction: 'in', properties };
    const http = { type: 'httpTrigger', authLevel: 'anonymous', methods: ['GET'], route: 'api/machines' };
    const timer = { type: 'timerTrigger', schedule: '0 0 3 * * *' };
    expect(functions.map(({ name, bindings }) => ({ name, bindings: Object.values(bindings) }))).toEqual([
      {
        name: 'machines',
        bindings: [
          { ...trigger, ...http, name: hashed('httpTrigger') },
          { type: 'http', direction: 'out', name: hashed('httpOutput') },
        ],
      },
      { name: 'nightly', bindings: [{ ...trigger, ...timer, name: hashed('timerTrigger') }] },
    ]);
    expect(Object.keys(functions[0]?.bindings ?? {})).toEqual([hashed('httpTrigger'), '$return']);
  });

  it('has the same binding names in every process', async () => {
    const [one, other] = await Promise.all([servedBy('modules'), servedBy('modules')]);
    expect(one.functions).toEqual(other.functions);
  });

  it('comes from every file of a pattern with braces and stars', async () => {
    expect(names(await servedBy('plain'))).toEqual(expect.arrayContaining(['machines', 'bytes', 'nightly']));
  });

  it('comes from ES modules too, and host.json may name the only functions to run', async () => {
    expect(names(await servedBy('modules'))).toEqual(['one', 'two']);
  });

  it('is told with method and address when the host is ready', async () => {
    const host = await servedBy('plain', { functions: ['numbered', 'nightly'] });
    const ready = await host.event('ready');
    expect(ready.functions).toEqual([
      { name: 'numbered', trigger: 'httpTrigger', address: `GET ${host.url}/numbers/{number:int:range(1,10)}/{part?}` },
      { name: 'nightly', trigger: 'timerTrigger' },
    ]);
  });
});

describe('a choice of functions', () => {
  it('http takes those with an HTTP trigger', async () => {
    const chosen = names(await servedBy('plain', { functions: ['http'] }));
    expect(chosen).toContain('machines');
    expect(chosen).not.toContain('nightly');
  });

  it('may mix http and names, in any case', async () => {
    expect(names(await servedBy('modules', { functions: ['TWO'] }))).toEqual(['two']);
  });

  it('of an unknown name is an error that lists the known ones', async () => {
    await expect(startTestHost('modules', { functions: ['one', 'four'] })).rejects.toThrow(
      '--functions: the app has no four; give http, or some of one, two, three',
    );
  });

  it.each(['AzureWebJobs.two.Disabled', 'AzureWebJobs_two_Disabled'])(
    'leaves out what %s disables',
    async (setting) => {
      const host = await startTestHost('modules', { environment: { [setting]: 'true' } });
      const answers = await Promise.all(['one', 'two'].map((name) => fetch(`${host.url}/api/${name}`)));
      await host.stop();
      expect(answers.map(({ status }) => status)).toEqual([200, 404]);
    },
  );
});

describe('the environment', () => {
  it('of the app is what the host was given', async () => {
    const host = await startTestHost('modules', { environment: { WHO: 'the test' } });
    const answer = await fetch(`${host.url}/api/one`);
    await host.stop();
    expect(await answer.text()).toBe('one of the test');
  });
});

describe('an app that cannot be served', () => {
  it.each([
    ['registers nothing', 'empty', /^index\.cjs registered no function: nothing would be served$/],
    ['cannot be loaded', 'broken', /^cannot load .*index\.cjs: Error: Cannot find module '\.\/notThere\.cjs'/],
  ])('because it %s is an error that says so', async (_why, app, message) => {
    await expect(startTestHost(app)).rejects.toThrow(message);
  });

  it('because it never finishes to load is an error, after a minute', async () => {
    const sleep: Clock['sleep'] = (ms, signal) => systemClock.sleep(ms === 60_000 ? 300 : ms, signal);
    await expect(startTestHost('hanging', { clock: { ...systemClock, sleep } })).rejects.toThrow(
      /^the app in .*hanging was not loaded within 60 seconds$/,
    );
  });

  it('because it is not built says how to build it', async () => {
    const unbuilt = appRoot('unbuilt');
    await expect(startTestHost('unbuilt')).rejects.toThrow(
      `"main" of package.json is out/main.mjs, and no such file is in ${unbuilt}: run npm run build`,
    );
  });

  it('because its port is taken says what to do', async () => {
    const host = await startTestHost('modules');
    const port = Number(new URL(host.url).port);
    const second = startTestHost('modules', { port });
    await expect(second).rejects.toThrow(`port ${port} is taken; stop what uses it, or give --port 0 for a free one`);
    await host.stop();
  });
});
