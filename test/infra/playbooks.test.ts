import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { roles } from '../../src/callers/identity.ts';
import { callsAreKnown, callsAreMadeRight, callsOf } from './support/playbooks/calls.ts';
import type { Template } from './support/playbooks/definition.ts';
import { skeletonOf } from './support/playbooks/skeleton.ts';
import { readTemplate } from './support/playbooks/stage.ts';
import {
  connectsByIdentity,
  expressionsHold,
  isTemplate,
  noSecrets,
  orderHolds,
  parametersFit,
  shownAsText,
} from './support/playbooks/templateRules.ts';

const playbooks = readdirSync('infra/playbooks')
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

const document = JSON.parse(readFileSync('docs/connector.swagger.json', 'utf8'));
const readme = readFileSync('infra/playbooks/README.md', 'utf8');

type Break = readonly [find: string, by: string, told: string];

/** Each with texts of isolate-with-resolver that are replaced, and what is told of it. */
const rules: readonly { says: string; rule: (template: Template) => readonly string[]; breaks: readonly Break[] }[] = [
  {
    says: 'is a template with an identity that says what it does',
    rule: isTemplate,
    breaks: [
      ['deploymentTemplate.json#', 'deploymentTemplate.json', '$schema'],
      ['"SystemAssigned"', '"None"', 'identity: write SystemAssigned'],
      ['"1.0.0.0"', '"1"', 'contentVersion'],
      ['"title":"Isolate', '"name":"Isolate', 'metadata'],
    ],
  },
  {
    says: 'reaches Sentinel by its identity',
    rule: connectsByIdentity,
    breaks: [
      [
        '"connectionProperties":{"authentication":{"type":"ManagedServiceIdentity"}}',
        '"connectionProperties":{}',
        'azuresentinel',
      ],
      ['"parameterValueType":"Alternative"', '"parameterValueType":"OAuth"', 'parameterValueType'],
    ],
  },
  {
    says: 'describes, takes and hands on its parameters',
    rule: parametersFit,
    breaks: [
      ['"dryRun":{"type":"bool"', '"dryRuns":{"type":"bool"', 'dryRuns is used by nobody'],
      ['"dryRun":{"type":"Bool"}', '"rehearse":{"type":"Bool"}', 'the workflow takes no dryRun'],
      ['"dryRun":{"value"', '"rehearse":{"value"', 'the workflow is not given dryRun'],
      [
        '"IsolationType":"@parameters(\'isolationType\')"',
        '"IsolationType":"Full"',
        'the workflow does not use isolationType',
      ],
      ['"description":"true: only', '"text":"true: only', 'dryRun: say in metadata.description'],
    ],
  },
  {
    says: 'has an order that can be kept',
    rule: orderHolds,
    breaks: [
      ['"runAfter":{"Outcome":["Succeeded"]}', '"runAfter":{"Outcom":["Succeeded"]}', 'Resolve runs after Outcom'],
      ['"runAfter":{"Outcome":["Succeeded"]}', '"runAfter":{"Outcome":["Succeded"]}', 'nothing comes to Succeded'],
      ['"runAfter":{"Outcome":["Succeeded"]}', '"runAfter":{"If_it_is_one_machine":["Succeeded"]}', 'waits for itself'],
      ['"Say_refused":', '"Say_unresolved":', 'Say_unresolved is there twice'],
    ],
  },
  {
    says: 'has expressions that can be worked out',
    rule: expressionsHold,
    breaks: [
      ["join(body('Candidates'),", "join(body('Candidate'),", 'there is no Candidate for body'],
      ["join(body('Candidates'),", "joined(body('Candidates'),", 'there is no function joined'],
      ["join(body('Candidates'),", "join(body('Candidates')),", 'too much after the expression'],
      ["variables('outcome')", "variables('outcomes')", 'there is no outcomes for variables'],
    ],
  },
  {
    says: 'holds no secret',
    rule: noSecrets,
    breaks: [
      ['"Cache-Control":"no-cache"', '"x-functions-key":"a"', 'x-functions-key'],
      ['/gateway/machines/resolve?', '/gateway/machines/resolve?code=a&', '?code='],
      ['"gatewayAudience":{"type":"string"', '"gatewayKey":{"type":"string"', 'gatewayKey: write securestring'],
    ],
  },
  {
    says: 'shows names as text, in comments and cards',
    rule: shownAsText,
    breaks: [
      ["'<', '&lt;'", "'<', '<'", 'Comment: replace < by &lt;'],
      [
        '"IsolationType":"@',
        '"card":[{"type":"TextBlock","text":"@{item()}"}],"IsolationType":"@',
        'Isolate: a TextBlock is Markdown',
      ],
    ],
  },
  {
    says: 'makes calls that the connector’s document knows',
    rule: (template) => callsAreKnown(template, document),
    breaks: [
      ['/gateway/machines/resolve?', '/gateway/machine/resolve?', 'there is no GET /gateway/machine/resolve'],
      ["'hostName='", "'hostname2='", 'takes no hostname2'],
      ['"Cache-Control":"no-cache"', '"Cache-Controls":"no-cache"', 'takes no Cache-Controls'],
    ],
  },
  {
    says: 'makes its calls with its identity, and says how long it waits and how often it tries',
    rule: callsAreMadeRight,
    breaks: [
      [
        '"audience":"@parameters(\'gatewayAudience\')"',
        '"audience":"@parameters(\'defenderAudience\')"',
        "parameters('gatewayAudience')",
      ],
      [
        '"audience":"@parameters(\'defenderAudience\')"',
        '"audience":"@parameters(\'gatewayAudience\')"',
        "parameters('defenderAudience')",
      ],
      ['"Prefer":"wait=100",', '', 'Resolve: write Prefer wait=N'],
      ['wait=100', 'wait=200', 'Resolve: write Prefer wait=N'],
      [
        '"retryPolicy":{"type":"none"}',
        '"retryPolicy":{"type":"fixed","interval":"PT20S","count":3}',
        'Isolate: what acts is not sent twice',
      ],
      [
        '"retryPolicy":{"type":"fixed","interval":"PT20S","count":3}',
        '"retryPolicy":{"type":"exponential"}',
        'Resolve: retryPolicy',
      ],
      ['"retryPolicy":{"type":"none"}', '"limit":{}', 'Isolate: write a retryPolicy'],
    ],
  },
];

describe.each(playbooks)('the playbook %s', (playbook) => {
  it.each(rules)('$says', ({ rule }) => {
    expect(rule(readTemplate(playbook))).toEqual([]);
  });

  it('asks the gateway', () => {
    expect(callsOf(readTemplate(playbook)).some(({ to }) => to.host === 'gatewayUrl')).toBe(true);
  });

  it('stands in the README with how to deploy it, and each of its parameters that has to be given', () => {
    expect(readme).toContain(`## ${playbook}`);
    expect(readme).toContain(`infra/playbooks/${playbook}.json`);
    const { parameters } = readTemplate(playbook);
    for (const [name, { defaultValue }] of Object.entries(parameters)) {
      if (defaultValue === undefined) expect(readme).toContain(name);
    }
  });
});

describe('the README of the playbooks', () => {
  it('names scripts, roles and tests that are there', () => {
    const files = [...readme.matchAll(/\b(?:infra|test)\/[\w./-]+/g)].map(([file]) => file);
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const granted = [...readme.matchAll(/^infra\/allow-caller\.sh ([\w-]+) (.+)$/gm)];
    expect(granted.map(([, playbook]) => playbook).sort()).toEqual(playbooks);
    for (const [, , role = ''] of granted) expect(roles).toContain(role);
  });

  it('deploys each with parameters that it has, and all that it can not do without', () => {
    const commands = [...readme.matchAll(/^az deployment .* -f infra\/playbooks\/([\w-]+)\.json -p (.+)$/gm)];
    expect(commands.map(([, playbook]) => playbook).sort()).toEqual(playbooks);
    for (const [, playbook = '', given = ''] of commands) {
      const { parameters } = readTemplate(playbook);
      const names = [...given.matchAll(/(?:^|\s)(\w+)=/g)].map(([, name = '']) => name);
      expect({ playbook, unknown: names.filter((name) => !(name in parameters)) }).toEqual({ playbook, unknown: [] });
      const needed = Object.keys(parameters).filter((name) => parameters[name]?.defaultValue === undefined);
      expect(names).toEqual(expect.arrayContaining(needed));
    }
  });

  it('gives its scripts options that they take', () => {
    const commands = [...readme.matchAll(/^(infra\/[\w-]+\.sh)((?: .*)? --.*)$/gm)];
    expect(commands.length).toBeGreaterThan(0);
    for (const [, script = '', given = ''] of commands) {
      const taken = readFileSync(script, 'utf8');
      for (const [option] of given.matchAll(/--[\w-]+/g)) expect(taken).toContain(` ${option}`);
    }
  });
});

describe('the rule that a playbook', () => {
  const text = JSON.stringify(readTemplate('isolate-with-resolver'));

  it.each(rules.flatMap(({ says, rule, breaks }) => breaks.map((each) => ({ says, rule, each }))))(
    '$says, finds $each',
    ({ rule, each: [find, by, told] }) => {
      expect(text).toContain(find);
      expect(rule(JSON.parse(text.replace(find, () => by))).join('\n')).toContain(told);
    },
  );
});

describe('the skeleton of an address', () => {
  it('has the path, and each name that may come to stand in the query', () => {
    expect(
      skeletonOf("@{parameters('gatewayUrl')}/gateway/alerts/@{encodeURIComponent(item()?['id'])}?$top=5"),
    ).toEqual({
      host: 'gatewayUrl',
      path: '/gateway/alerts/x',
      query: ['$top'],
    });
    expect(skeletonOf("@concat(parameters('a'), '/b?', if(empty(item()), 'c=1', concat('d=', item())))")).toEqual({
      host: 'a',
      path: '/b',
      query: ['c', 'd'],
    });
    expect(skeletonOf('https://elsewhere.example/a').host).toBeUndefined();
  });
});
