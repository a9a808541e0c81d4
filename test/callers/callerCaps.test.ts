import { parseCallerCaps } from '../../src/callers/callerCaps.ts';

const application = '11111111-2222-3333-4444-5555aaaabbbb';

describe('the caps of callers', () => {
  it('are one class for each caller, as the quota page names it', () => {
    const caps = parseCallerCaps(
      `key-0a1b2c3d4e5f=background, ${application.toUpperCase()} = enrichment,anonymous=enrichment`,
    );
    expect(caps).toEqual(
      new Map([
        ['key-0a1b2c3d4e5f', 'background'],
        [application, 'enrichment'],
        ['anonymous', 'enrichment'],
      ]),
    );
  });

  it.each([
    ['anonymous=background,anonymous=lowest', 'piece 2 ends in no class (interactive, enrichment, background)'],
    ['anonymous', 'piece 1 names no caller'],
    ['anonymous=', 'piece 1 ends in no class'],
    ['anonymous=background,', 'piece 2 names no caller'],
    ['key-0a1b=background', 'piece 1 names no caller'],
    ['anonymous=background,anonymous=enrichment', 'piece 2 is the second one of its caller'],
  ])('say what is wrong with %j, and what would be right', (text, said) => {
    expect(() => parseCallerCaps(text)).toThrow(said);
    if (!said.includes('second')) expect(() => parseCallerCaps(text)).toThrow('key-0a1b2c3d4e5f=background');
  });

  it.each(['A0SECRETkeyOfAFunctionApp123456AzFuabcdef==', 'A0SECRETkeyOfAFunctionApp123456AzFuabcdef==background'])(
    'do not repeat a key that somebody wrote in its place',
    (text) => {
      const said = () => parseCallerCaps(text);
      expect(said).toThrow('names no caller');
      expect(said).not.toThrow(/SECRET/);
    },
  );
});
