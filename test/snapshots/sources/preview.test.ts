import { previewSource } from '../../../src/snapshots/sources/preview.ts';
import { answered, idOf, refusal, scriptedLists, span } from './support/scriptedLists.ts';
import { bucketIn, stagedIds, walk } from './support/walk.ts';

const host = 'https://graph.microsoft.com/testwdatppreview/machinesecuritystates';
const example = {
  id: '000050e1b4afeee3742489ede9ad7a3e16bbd9c4',
  build: 14393,
  revision: 2485,
  architecture: 'Amd64',
  osVersion: '10.0.14393.2485.amd64fre.rs1_release.180827-1809',
  propertiesRequireAttention: ['AntivirusNotReporting', 'EdrImpairedCommunications'],
};
const sourceOf = (answer: Parameters<typeof scriptedLists>[0]) => {
  const lists = scriptedLists(answer);
  return { ...lists, source: previewSource({ defender: lists.defender, clock: { monotonic: () => 0 } }) };
};
const composing = { asOf: 0, slipped: [] };

describe('the preview', () => {
  it('gives the states as they are documented', async () => {
    const { source } = sourceOf(() => answered(200, { '@odata.count': 444, value: [example] }));
    const walked = await walk(source, 'states');
    expect(walked.pages[0]).toMatchObject({ received: 1, announced: 444, hasSlipped: false, next: undefined });
    expect(source.compose({ states: bucketIn(walked, 0) }, composing)).toEqual({
      states: [example],
      duplicates: 0,
      leftOut: 0,
    });
  });

  it('follows the token of its links, whatever host they lead to', async () => {
    const { source, asked } = sourceOf((_path, options) => {
      const from = Number(options.get('$skiptoken') ?? 0);
      const next = from < 20 && { '@odata.nextLink': `https://evil.example/x?$skiptoken=${from + 10}` };
      return answered(200, { value: span(from + 1, from + 10).map((n) => ({ id: idOf(n) })), ...next });
    });
    const walked = await walk(source, 'states');
    expect(stagedIds(walked).flat().sort()).toEqual(span(1, 30).map(idOf).sort());
    expect(asked.map(({ path, query }) => path + query)).toEqual([
      '/testwdatppreview/machinesecuritystates',
      '/testwdatppreview/machinesecuritystates?$skiptoken=10',
      '/testwdatppreview/machinesecuritystates?$skiptoken=20',
    ]);
  });

  it('is refused where a link has no token', async () => {
    const { source } = sourceOf(() => answered(200, { value: [example], '@odata.nextLink': `${host}?$skip=1` }));
    expect((await walk(source, 'states')).end).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('$skiptoken'),
    });
  });

  it.each([[403], [404], [410]])('is not served where it answers %i', async (status) => {
    const { source } = sourceOf(() => refusal(status, 'gone'));
    expect((await walk(source, 'states')).end).toEqual({
      kind: 'notServed',
      status,
      reason: `Defender answered ${status} (Said: gone).`,
    });
  });

  it('is served, but broken off, where a link of its own is gone', async () => {
    const { source } = sourceOf((_path, _options, n) =>
      n === 1
        ? answered(200, { value: [example], '@odata.nextLink': `${host}?$skiptoken=1` })
        : refusal(410, 'expired'),
    );
    expect((await walk(source, 'states')).end).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('expired'),
    });
  });

  it('gives a machine that comes twice as it came last, and sorts', () => {
    const { source } = sourceOf(() => answered(200, { value: [] }));
    const pages = ['b\t1\t\t\t', 'a\t2\t\t\t\nb\t3\t\t\t'];
    const { states, duplicates } = source.compose({ states: pages }, composing);
    expect(states.map(({ id, build }) => [id, build])).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    expect(duplicates).toBe(1);
    expect(source.compose({}, composing)).toEqual({ states: [], duplicates: 0, leftOut: 0 });
  });

  it('takes what is not as documented for unknown, and sorts what requires attention', async () => {
    const row = {
      id: 'A',
      build: '7',
      revision: null,
      architecture: 1,
      propertiesRequireAttention: ['b', 'a', 3, 'b', ' '],
    };
    const { source } = sourceOf(() => answered(200, { value: [row, { id: 'b', propertiesRequireAttention: 'x' }] }));
    const walked = await walk(source, 'states');
    expect(source.compose({ states: walked.pages[0]?.rows ?? [] }, composing).states).toEqual([
      {
        id: 'a',
        build: 7,
        revision: null,
        architecture: null,
        osVersion: null,
        propertiesRequireAttention: ['a', 'b'],
      },
      { id: 'b', build: null, revision: null, architecture: null, osVersion: null, propertiesRequireAttention: [] },
    ]);
  });
});
