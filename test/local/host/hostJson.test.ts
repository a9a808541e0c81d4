import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHostJson } from '../../../src/local/host/hostJson.ts';
import { isLogged } from '../../../src/local/host/logLevel.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'host-json-'));
});

afterEach(() => rmSync(root, { recursive: true }));

const read = (content: object) => {
  writeFileSync(join(root, 'host.json'), JSON.stringify(content));
  return readHostJson(root);
};

describe('host.json', () => {
  it.each([
    [undefined, 1_800_000],
    ['00:10:00', 600_000],
    ['1.00:00:01', 86_401_000],
    ['-1', undefined],
  ])('with functionTimeout %j lets a function run for %j ms', (functionTimeout, ms) => {
    expect(read({ functionTimeout }).functionTimeoutMs).toBe(ms);
  });

  it('with a functionTimeout that is no time span is an error', () => {
    expect(() => read({ functionTimeout: '10 minutes' })).toThrow(
      /functionTimeout is "10 minutes"; write hours:minutes/,
    );
  });

  it.each([
    [{}, 'api'],
    [{ extensions: { http: { routePrefix: '' } } }, ''],
    [{ extensions: { http: { routePrefix: '/v1/' } } }, 'v1'],
  ])('%j has the route prefix %j', (content, prefix) => {
    expect(read(content).routePrefix).toBe(prefix);
  });

  it('that is missing is an error that names it', () => {
    expect(() => readHostJson(root)).toThrow(/^cannot read .*host\.json: /);
  });
});

describe('logging.logLevel', () => {
  const line = { category: 'user', message: 'said', functionName: 'one' } as const;

  it.each([
    [{}, 'information', true],
    [{}, 'debug', false],
    [{ default: 'Debug' }, 'debug', true],
    [{ default: 'Debug', Function: 'Error' }, 'warning', false],
    [{ Function: 'Error', 'Function.one': 'Trace' }, 'trace', true],
    [{ 'Function.one': 'Trace', 'Function.one.User': 'None' }, 'critical', false],
    [{ 'Function.other': 'Trace' }, 'debug', false],
  ] as const)('%j and a line of level %s: written is %j', (levels, level, written) => {
    expect(isLogged(levels, { ...line, level })).toBe(written);
  });
});
