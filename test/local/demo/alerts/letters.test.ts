import { readAlerts } from '../../../../src/enrichment/formats/readAlerts.ts';
import { sourceNames } from '../../../../src/enrichment/reference.ts';
import { clientState } from '../../../../src/local/demo/alerts/feeds/graph.ts';
import type { FleetAlert } from '../../../../src/local/demo/alerts/fleetAlerts.ts';
import { type Letter, letters, lettersNeed } from '../../../../src/local/demo/alerts/letters.ts';

const fleet = Array.from(
  { length: lettersNeed },
  (_, index): FleetAlert => ({
    id: `da637472900382838869_${index}`,
    title: 'Suspicious PowerShell command line',
    severity: 'Low',
    alertCreationTime: '2021-01-26T20:33:57.7220239Z',
    machineId: index.toString(16).padStart(40, '0'),
    computerDnsName: `wks-${index}.contoso.com`,
  }),
);

const read = ({ body }: Letter) => {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const rules = { clientStates: [clientState] };
  const found = readAlerts({ body: bytes, headers: {}, receivedAt: '2026-11-21T09:14:30Z' }, rules);
  if (found.kind !== 'alerts') throw new Error(JSON.stringify(found));
  return found;
};

describe('the alerts that a demonstration sends', () => {
  const all = letters(fleet);

  it('are of each format', () => {
    const sources = all.flatMap((letter) => read(letter).alerts.map(({ source }) => source));
    expect([...new Set(sources)].sort()).toEqual([...sourceNames].sort());
  });

  it.each(all.map((letter) => [`${letter.title}: ${letter.way.name}`, letter] as const))('%s', (_, letter) => {
    const { alerts, wrong } = read(letter);
    expect([...new Set(alerts.map(({ alertId }) => alertId))]).toEqual(letter.alerts.map(({ id }) => id));
    expect(wrong).toHaveLength(letter.wrong);
    const known = letter.alerts.flatMap(({ machineIds }) => machineIds);
    expect(known).toEqual(expect.arrayContaining(alerts.flatMap(({ machineIds }) => machineIds)));
  });

  it('are about machines of their own, each alert once', () => {
    const machineIds = all.flatMap(({ alerts }) => alerts.flatMap((alert) => alert.machineIds));
    expect(new Set(machineIds).size).toBe(lettersNeed);
    expect(machineIds).toHaveLength(lettersNeed);
  });

  it('are not made of a fleet that has too few', () => {
    expect(() => letters(fleet.slice(1))).toThrow(`${lettersNeed} alerts are needed, not ${lettersNeed - 1}`);
  });
});
