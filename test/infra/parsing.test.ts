import type { Expression } from './support/bicep/expression.ts';
import { infraOf, resourcesOf } from './support/bicep/infra.ts';
import { bodyMeant, itemsOf, meant, textsOf, valuesAt } from './support/bicep/meaning.ts';

const faultsOf = async (text: string) => (await infraOf({ 'main.bicep': text })).file('main.bicep')?.faults;

/** What a variable named `v` of main.bicep can come to, as texts. */
const textsOfV = async (texts: Readonly<Record<string, string>>) => {
  const infra = await infraOf(texts);
  const file = infra.file('main.bicep');
  const expression = file?.variables.get('v') as Expression;
  return file && textsOf(infra, meant(file, expression));
};

describe('the reader of Bicep', () => {
  it('tells where a file is broken', async () => {
    expect(await faultsOf("param a string\nvar b = {\n  c: 'd'\n")).toEqual([expect.stringMatching(/^line \d+: /)]);
    expect(await faultsOf("param a string\nresource 'x'\n")).not.toEqual([]);
    expect(await faultsOf("param a string\nvar b = {\n  c: 'd'\n}\n")).toEqual([]);
  });

  it('knows types, versions and who only is named, of resources inside of others too', async () => {
    const infra = await infraOf({
      'main.bicep': `resource a 'N.A/as@2024-01-01' = {
  name: 'a'
  resource b 'bs' = { name: 'b'
    resource c 'cs@2025-01-01' = if (true) { name: 'c' }
  }
}
resource d 'N.D/ds@2024-02-02' existing = { name: 'd' }
resource e 'N.E/es@2024-03-03' = [for name in ['x', 'y']: if (true) { name: name }]
`,
    });
    expect(infra.files[0]?.faults).toEqual([]);
    expect(resourcesOf(infra).map(({ item }) => `${item.symbol} ${item.type}@${item.apiVersion}`)).toEqual([
      'a N.A/as@2024-01-01',
      'b N.A/as/bs@2024-01-01',
      'c N.A/as/bs/cs@2025-01-01',
      'e N.E/es@2024-03-03',
    ]);
    const names = resourcesOf(infra).map(({ file, item }) =>
      valuesAt(infra, bodyMeant(infra, file, item), ['name']).flatMap((name) => (name ? textsOf(infra, name) : [])),
    );
    expect(names).toEqual([['a'], ['b'], ['c'], ['x', 'y']]);
  });

  it('follows names through variables, choices, parameters, loops and outputs', async () => {
    const module = `@description('P.')\nparam p string\noutput o string = 'of \${p}'\n`;
    expect(await textsOfV({ 'main.bicep': `var a = 'x'\nvar v = '\${a}-y'\n` })).toEqual(['x-y']);
    expect(await textsOfV({ 'main.bicep': "param b bool\nvar v = b ? 'x' : 'y'\n" })).toEqual(['x', 'y']);
    expect(await textsOfV({ 'main.bicep': "param p string = 'z'\nvar o = { q: { r: p } }\nvar v = o.q.r\n" })).toEqual([
      'z',
    ]);
    expect(
      await textsOfV({
        'main.bicep': "module m 'app/m.bicep' = { name: 'm', params: { p: 'given' } }\nvar v = m.outputs.o\n",
        'app/m.bicep': module,
      }),
    ).toEqual(['of given']);
    expect(await textsOfV({ 'main.bicep': 'var v = uniqueString(resourceGroup().id)\n' })).toEqual([undefined]);
  });

  it('reads the parts of a choice and of a member as Bicep does', async () => {
    expect(await textsOfV({ 'main.bicep': "param b bool\nvar o = { q: 'x' }\nvar v = b ? 'y' : o.q\n" })).toEqual([
      'y',
      'x',
    ]);
  });

  it('puts lists together', async () => {
    const infra = await infraOf({
      'main.bicep': "var a = ['x']\nvar v = concat(a, [for n in ['y', 'z']: { name: n }.name], false ? ['w'] : [])\n",
    });
    const file = infra.files[0];
    const v = file?.variables.get('v');
    if (!file || !v) throw new Error('v is not read');
    expect(itemsOf(infra, meant(file, v)).flatMap((item) => textsOf(infra, item))).toEqual(['x', 'y', 'z', 'w']);
  });
});
