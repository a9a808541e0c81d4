import { told } from '../src/toldFault.ts';

describe('what is told of a fault', () => {
  it('is what it says, with what its causes say', () => {
    const cause = Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' });
    const fault = new Error('the queue a took no message', { cause: new TypeError('fetch failed', { cause }) });
    expect(told(fault)).toBe(
      'the queue a took no message, because TypeError: fetch failed, because connect refused (ECONNREFUSED)',
    );
  });

  it('has the status and the code of the service', () => {
    const fault = Object.assign(new Error('not\nnow'), { name: 'RestError', statusCode: 503, code: 'ServerBusy' });
    expect(told(fault)).toBe('RestError: not now (503, ServerBusy)');
  });

  it('has nothing else of it, and no secret that a message quotes', () => {
    const request = { headers: { authorization: 'SharedKey abc' } };
    const message = "https://a/q?se=1&sig=abc%3D said no to Bearer e.y.J, 'AccountKey=abc==;x'";
    expect(told(Object.assign(new Error(message), { request }))).toBe(
      "https://a/q?se=1&sig=… said no to Bearer …, 'AccountKey=…;x'",
    );
  });

  it('tells of several that failed together', () => {
    expect(told(new AggregateError([new Error('no row'), new Error('no queue')], 'two failed'))).toBe(
      'two failed, because no row, because no queue',
    );
  });

  it('tells three of those at most, and five causes', () => {
    const many = ['a', 'b', 'c', 'd'].map((text) => new Error(`no ${text}`));
    expect(told(new AggregateError(many, 'four failed'))).toBe('four failed, because no a, because no b, because no c');
    const deep = [6, 5, 4, 3, 2, 1].reduce<Error | undefined>(
      (cause, depth) => new Error(`fault ${depth}`, { cause }),
      new Error('fault 7'),
    );
    expect(told(deep)).toBe([1, 2, 3, 4, 5, 6].map((depth) => `fault ${depth}`).join(', because '));
  });

  it('says nothing twice', () => {
    expect(told(new Error('it failed: gone', { cause: new Error('gone') }))).toBe('it failed: gone');
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(told(refused)).toBe('connect ECONNREFUSED');
  });

  it.each([
    ['a text', 'a text'],
    [undefined, 'undefined'],
    [{ headers: 'secret' }, '[object Object]'],
  ])('is a text of what is no error, too: %j', (fault, said) => {
    expect(told(fault)).toBe(said);
  });

  it('tells no part of a secret that is cut off where reading ends', () => {
    const key = `${'k7'.repeat(43)}==`;
    for (let begun = 1; begun < key.length; begun++) {
      const before = `code ?code=${'x'.repeat(8192 - 13 - begun)} `;
      const said = told(new Error(`${before}${key}`));
      expect(said).not.toContain('k');
      expect(said.endsWith('…')).toBe(true);
    }
  });

  it('is told at once, however much a fault says', () => {
    const before = performance.now();
    for (let i = 0; i < 20; i++) expect(told(new Error('eyJ'.repeat(300_000)))).toHaveLength(500);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('has 500 characters at most, however long its causes go on', () => {
    const fault: Error = new Error('x'.repeat(300));
    fault.cause = new Error('y'.repeat(300), { cause: fault });
    expect(told(fault)).toHaveLength(500);
  });
});
