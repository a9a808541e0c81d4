import { infraOf, textsIn } from './support/bicep/infra.ts';
import { deploymentRules, fixedRules } from './support/deploymentRules.ts';
import { gatewayRules } from './support/gatewayRules.ts';
import { fixed, fixedValues } from './support/rules/fixedValues.ts';

const sound = textsIn('test/infra/sound', 'bicep');

/** The sound deployment with one text replaced, which stands in it exactly once. */
const broken = (find: string, by: string) => {
  const holding = Object.entries(sound).filter(([, text]) => text.includes(find));
  const [[path, text] = ['', '']] = holding;
  expect([find, holding.length]).toEqual([find, 1]);
  return infraOf({ ...sound, [path]: text.replace(find, () => by) });
};

describe.each([...deploymentRules, ...gatewayRules])(
  'the rule that a deployment $says',
  ({ rule, soundRule, breaks }) => {
    const tried = soundRule ?? rule;

    it('is content with a sound one', async () => {
      expect(tried(await infraOf(sound))).toEqual([]);
    });

    it.each(breaks)('finds %j replaced by %j', async (find, by, told) => {
      expect(tried(await broken(find, by)).join('\n')).toContain(told);
    });

    it('is broken by something', () => expect(breaks.length).toBeGreaterThan(0));
  },
);

describe('the rule on a fixed value', () => {
  it.each(fixedRules)('$says: is content with a sound deployment', async ({ rule }) => {
    expect(rule(await infraOf(sound))).toEqual([]);
  });

  it.each(fixedValues)('finds $path of $type with another value, and not set', async (wanted) => {
    const other = typeof wanted.value === 'boolean' ? !wanted.value : `not ${wanted.value}`;
    const infra = await infraOf(sound);
    expect(fixed({ ...wanted, value: other })(infra)).toEqual(
      expect.arrayContaining([expect.stringContaining(`${wanted.path} is `)]),
    );
    expect(fixed({ ...wanted, path: `${wanted.path}.deeper` })(infra).join('\n')).toContain('is not set');
  });

  it('finds that there is no such resource', async () => {
    const rule = fixed({ type: 'Microsoft.KeyVault/vaults', path: 'properties.enablePurgeProtection', value: true });
    expect(rule(await infraOf(sound))).toEqual(['there is no Microsoft.KeyVault/vaults']);
  });

  it('sees through a choice: one side may not be wrong', async () => {
    const rule = fixed({ type: 'Microsoft.Web/sites', path: 'properties.httpsOnly', value: true });
    expect(rule(await broken('httpsOnly: true', "httpsOnly: location == 'x' ? false : true"))).toHaveLength(1);
    expect(rule(await broken('httpsOnly: true', 'httpsOnly: true || false'))).toHaveLength(1);
  });
});
