import type { Actions } from './support/playbooks/definition.ts';
import { workedOut } from './support/playbooks/expression.ts';
import { pureFunctions } from './support/playbooks/functions.ts';
import { play } from './support/playbooks/play.ts';
import type { Received, Sent } from './support/playbooks/run.ts';

/** Plays actions with answers in the order of the requests. */
const played = async (actions: Actions, answers: readonly Received[] = []) => {
  const sent: Sent[] = [];
  const pauses: number[] = [];
  const { statuses, ...rest } = await play(
    { actions },
    {
      parameters: { p: 1 },
      triggerBody: { names: ['a', 'b'] },
      runName: 'run',
      async send(request) {
        sent.push(request);
        return answers[sent.length - 1] ?? { status: 500, headers: new Headers(), body: null };
      },
      async connect() {},
      async pause(seconds) {
        pauses.push(seconds);
      },
    },
  );
  return { ...rest, statuses: Object.fromEntries(statuses), sent, pauses };
};

const answer = (status: number, body: unknown = null, headers: Record<string, string> = {}): Received => ({
  status,
  headers: new Headers(headers),
  body,
});

const http = (uri: string, more: object = {}) =>
  ({ type: 'Http', inputs: { method: 'GET', uri }, runAfter: {}, ...more }) as const;

describe('an expression of a workflow', () => {
  const out = (text: string) => workedOut(text, { ...pureFunctions, body: () => ({ a: { b: [1, null] }, t: "it's" }) });

  it.each([
    ['plain', 'plain'],
    ['@@x', '@@x'],
    ["@body('x')?['a']['b'][0]", 1],
    ["@body('x')?['none']?['b']", null],
    ["@{body('x')?['none']}-@{1}", '-1'],
    ["@concat('it''s ', body('x')['t'])", "it's it's"],
    ["@if(equals(1, 1), 'yes', 'no')", 'yes'],
    ["@join(union(createArray('a'), createArray('b', 'a')), ',')", 'a,b'],
  ])('%s comes to %j', (text, value) => expect(out(text)).toEqual(value));

  it.each([
    "@body('x')['none']",
    "@body('x')?['none']['b']",
    "@first('a')",
    '@f(1)',
    "@concat('a'",
    "@{'a'",
    '@range(0, 0)',
  ])('%s is refused', (text) => expect(() => out(text)).toThrow());
});

describe('a workflow that is played', () => {
  it('asks again at Location until what was begun has ended, as an HTTP action does', async () => {
    const answers = [
      answer(202, null, { location: 'https://a.example/operations/1', 'retry-after': '7' }),
      answer(202, null, { location: 'https://a.example/operations/1', 'retry-after': '3' }),
      answer(200, { value: 1 }),
    ];
    const { sent, pauses, status } = await played({ Ask: http('https://a.example/a') }, answers);
    expect(sent.map(({ url }) => url)).toEqual([
      'https://a.example/a',
      ...Array(2).fill('https://a.example/operations/1'),
    ]);
    expect({ pauses, status }).toEqual({ pauses: [7, 3], status: 'Succeeded' });
    const plain = { Ask: http('https://a.example/a', { operationOptions: 'DisableAsyncPattern' }) };
    expect((await played(plain, answers)).sent).toHaveLength(1);
  });

  it('skips what was not to run after that, and does not count a failure that is dealt with', async () => {
    const actions: Actions = {
      Ask: http('https://a.example/a'),
      Then: { type: 'Compose', inputs: 'x', runAfter: { Ask: ['Succeeded'] } },
      Else: { type: 'Compose', inputs: 'y', runAfter: { Ask: ['Failed'] } },
      End: {
        type: 'Compose',
        inputs: 'z',
        runAfter: { Then: ['Succeeded', 'Skipped'], Else: ['Succeeded', 'Skipped'] },
      },
    };
    const { statuses, status } = await played(actions, [answer(500)]);
    expect(statuses).toEqual({ Ask: 'Failed', Then: 'Skipped', Else: 'Succeeded', End: 'Succeeded' });
    expect(status).toBe('Succeeded');
    const { End, Else, ...unhandled } = actions;
    expect((await played(unhandled, [answer(500)])).status).toBe('Failed');
  });

  it('keeps what each round of a loop has found apart, and ends a loop when it is told to', async () => {
    const actions: Actions = {
      Seen: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'seen', type: 'array', value: [] }] },
        runAfter: {},
      },
      Each: {
        type: 'Foreach',
        foreach: "@triggerBody()['names']",
        actions: {
          Until: {
            type: 'Until',
            expression: "@equals(body('Ask')?['done'], true)",
            limit: { count: 5, timeout: 'PT1M' },
            actions: { Ask: http("https://a.example/@{items('Each')}") },
            runAfter: {},
          },
          Add: {
            type: 'AppendToArrayVariable',
            inputs: { name: 'seen', value: "@concat(items('Each'), body('Ask')['n'])" },
            runAfter: { Until: ['Succeeded'] },
          },
        },
        runAfter: { Seen: ['Succeeded'] },
      },
      Tell: http("https://a.example/?@{join(variables('seen'), ',')}", { runAfter: { Each: ['Succeeded'] } }),
    };
    const answers = [
      answer(200, { done: false, n: 1 }),
      answer(200, { done: true, n: 2 }),
      answer(200, { done: true, n: 3 }),
      answer(200, null),
    ];
    const { sent, faults } = await played(actions, answers);
    expect(faults).toEqual([]);
    expect(sent.map(({ url }) => url.slice(18))).toEqual(['a', 'a', 'b', '?a2,b3']);
  });
});
