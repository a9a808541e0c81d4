import { infraOf, textsIn } from './support/bicep/infra.ts';
import { ourChoices } from './support/ourChoices.ts';
import { chosen } from './support/rules/choices.ts';

const ours = textsIn('infra', 'bicep');

/** Our deployment with one text replaced, which stands in it exactly once. */
const broken = (find: string, by: string) => {
  const holding = Object.entries(ours).filter(([, text]) => text.includes(find));
  const [[path, text] = ['', '']] = holding;
  expect([find, holding.length, text.split(find).length]).toEqual([find, 1, 2]);
  return infraOf({ ...ours, [path]: text.replace(find, () => by) });
};

describe.each(ourChoices)('the deployment $says', (choice) => {
  it('as its files say', async () => expect(chosen(choice)(await infraOf(ours))).toEqual([]));

  it.each(choice.breaks)('which is seen when %j becomes %j', async (find, by) => {
    const infra = await broken(find, by);
    expect(infra.files.flatMap(({ faults }) => faults)).toEqual([]);
    expect(chosen(choice)(infra)).not.toEqual([]);
  });

  it('and is broken by something', () => expect(choice.breaks.length).toBeGreaterThan(0));
});
