import { callNamed } from '../../src/defender/calls.ts';
import { payerOf } from '../../src/functions/finished.ts';
import type { Source, Told } from '../../src/machines/told.ts';

const [machine, list] = [callNamed('machine'), callNamed('listMachines')];
const told = (source: Source): Told => ({
  answer: { kind: 'answered', status: 200, headers: {}, body: new Uint8Array() },
  source,
});

describe('whose quota an answer tells of', () => {
  it.each<[string, Source, string]>([
    [
      'of the call that it was part of, where it travelled with others',
      { kind: 'defender', because: 'miss', isShared: true, call: list },
      'listMachines',
    ],
    [
      'of its own, where it went alone',
      { kind: 'defender', because: 'miss', isShared: false, call: machine },
      'machine',
    ],
    ['of its own, where no call was asked for', { kind: 'defender', because: 'request', isShared: false }, 'machine'],
    ['of its own, where it was kept', { kind: 'cache', age: 1, freshFor: 299 }, 'machine'],
    ['of its own, where nothing might be asked', { kind: 'nowhere' }, 'machine'],
  ])('is that %s', (_, source, name) => {
    expect(payerOf(told(source), machine).name).toBe(name);
  });
});
