import { createServer, type RequestListener } from 'node:http';
import { listen } from '../../../src/local/listen.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import { endCommands, runBuilt } from '../../support/builtCommand.ts';
import { until } from '../../support/until.ts';

const parts: RunningPart[] = [];

afterEach(async () => {
  await endCommands();
  for (const part of parts.splice(0)) await part.stop();
});

interface Gateway {
  readonly url: string;
  /** Ids as they stood in addresses, in the order they came. */
  readonly replayed: readonly string[];
}

const served = async (listener: RequestListener, replayed: readonly string[] = []): Promise<Gateway> => {
  const part = await listen(createServer(listener), 0);
  parts.push(part);
  return { url: part.url, replayed };
};

/** A gateway that knows these alerts, by what comes of a replay; what failed is listed two at a time. */
const gatewayWith = (alerts: Readonly<Record<string, number | 'hurried' | 'fails again' | 'replayed'>>) => {
  const failed = Object.keys(alerts).filter((id) => alerts[id] !== 'hurried');
  const replayed: string[] = [];
  const listed = (from: number) =>
    JSON.stringify({
      value: failed.slice(from, from + 2).map((alertId) => ({ alertId })),
      ...(from + 2 < failed.length && { '@odata.nextLink': `https://gateway.example/gateway/alerts?from=${from + 2}` }),
    });
  return served((request, response) => {
    const [, id = ''] = /^\/gateway\/alerts\/([^/]+)\/replay$/.exec(request.url ?? '') ?? [];
    if (request.headers['x-functions-key'] !== 'key') return response.writeHead(401).end();
    if (request.method === 'GET') return response.end(listed(Number(/from=(\d+)/.exec(request.url ?? '')?.[1] ?? 0)));
    replayed.push(id);
    const outcome = alerts[decodeURIComponent(id)] ?? 404;
    if (typeof outcome === 'number') {
      return response.writeHead(outcome).end(JSON.stringify({ error: { message: `it said ${outcome}` } }));
    }
    if (outcome === 'fails again') failed.push(id);
    const status = outcome === 'hurried' ? 'hurried' : 'replayed';
    return response.writeHead(202).end(JSON.stringify({ alertId: id, status }));
  }, replayed);
};

/** Runs the command to its end; tells what it printed, and its exit code. */
const replay = async (...args: readonly string[]) => {
  const { ended, lines } = runBuilt('replay', args);
  return { exitCode: await ended, lines };
};

const at = ({ url }: Gateway, key = 'key') => ['--url', url, '--key', key];

describe('npm run replay', () => {
  it('replays the alerts that are named, and says of each what becomes of it', async () => {
    const gateway = await gatewayWith({ 'da1_-1': 'replayed', da1_2: 'hurried' });
    const { lines, exitCode } = await replay('da1_-1', 'da1_2', ...at(gateway));
    expect([...lines].sort()).toEqual([
      '2 alerts: 1 begin anew, 1 tried at once, 0 not replayed',
      'da1_-1  begins anew',
      'da1_2  waits, and is tried at once',
    ]);
    expect(exitCode).toBe(0);
  });

  it('replays all that failed, however many pages it takes, though the first fail again', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const gateway = await gatewayWith(Object.fromEntries(ids.map((id) => [id, id < 'c' ? 'fails again' : 'replayed'])));
    const { lines, exitCode } = await replay('--failed', ...at(gateway));
    expect([...gateway.replayed].sort()).toEqual(ids);
    expect(lines.at(-1)).toBe('5 alerts: 5 begin anew, 0 tried at once, 0 not replayed');
    expect(exitCode).toBe(0);
  });

  it('replays one once, though it fails again at once', async () => {
    const gateway = await gatewayWith({ a: 'fails again' });
    expect((await replay('a', '--failed', ...at(gateway))).exitCode).toBe(0);
    expect(gateway.replayed).toEqual(['a']);
  });

  it('writes an id so that it stays one part of the address', async () => {
    const gateway = await gatewayWith({ 'a/b?#': 'replayed' });
    expect((await replay('a/b?#', ...at(gateway))).exitCode).toBe(0);
    expect(gateway.replayed).toEqual(['a%2Fb%3F%23']);
  });

  it('says that none failed, and ends with 0', async () => {
    const gateway = await gatewayWith({});
    expect(await replay('--failed', ...at(gateway))).toEqual({ lines: ['no alert failed'], exitCode: 0 });
  });

  it.each([404, 400])('ends with 1 where one could not be replayed, and says why: %d', async (status) => {
    const gateway = await gatewayWith({ a: status, b: 'replayed' });
    const { lines, exitCode } = await replay('a', 'b', ...at(gateway));
    expect(lines).toContain(`a  it said ${status}`);
    expect(lines.at(-1)).toBe('2 alerts: 1 begin anew, 0 tried at once, 1 not replayed');
    expect(exitCode).toBe(1);
  });

  it('ends with 1 where nobody knows whether one was replayed, and says so', async () => {
    const gateway = await gatewayWith({ a: 503, b: 'replayed' });
    const { lines, exitCode } = await replay('a', 'b', ...at(gateway));
    expect(lines).toContain(
      `a  nobody knows whether it begins anew: ${gateway.url}/gateway/alerts/a/replay answered 503: it said 503`,
    );
    expect(lines.at(-1)).toBe('2 alerts: 1 begin anew, 0 tried at once, 0 not replayed, 1 unknown');
    expect([gateway.replayed.length, exitCode]).toEqual([2, 1]);
  });

  it('ends with 1 where the key is refused, and says which is wanted', async () => {
    const gateway = await gatewayWith({ a: 'replayed' });
    const refusal = `replay: ${gateway.url} refuses the key; --key takes a function key, or the master key of the functions app, and where CALLER_AUTH is entra there, --token a token for it`;
    expect(await replay('a', ...at(gateway, 'another'))).toEqual({ lines: [refusal], exitCode: 1 });
  });

  it('says what the gateway says of a token that it refuses', async () => {
    const gateway = await gatewayWith({ a: 'replayed' });
    const { lines, exitCode } = await replay('a', ...at(gateway, 'another'), '--token', 't');
    expect(lines).toEqual([expect.stringContaining(`${gateway.url} refuses the token or the key (401)`)]);
    expect(exitCode).toBe(1);
  });

  it('says what to do where no gateway runs on this machine', async () => {
    const { lines, exitCode } = await replay('--failed', '--data', '/nowhere');
    expect(lines).toEqual([
      'replay: no gateway runs with /nowhere; start it with npm start, or name another with --url and --key',
    ]);
    expect(exitCode).toBe(1);
  });

  it('can be broken off, and begins no further one', async () => {
    let asked = 0;
    const gateway = await served(() => {
      asked += 1;
    });
    const ids = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const command = runBuilt('replay', [...ids, ...at(gateway)]);
    await until('some to be asked', () => asked === 8);
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(1);
    expect(command.lines).toEqual(['broken off; one that is not told of may begin anew or not']);
    expect(asked).toBe(8);
  });

  it('ends with 2 where an argument is wrong', async () => {
    const { lines, exitCode } = await replay();
    expect(lines.join()).toMatch(/^replay: name the alerts, such as da\d/);
    expect(exitCode).toBe(2);
  });
});
