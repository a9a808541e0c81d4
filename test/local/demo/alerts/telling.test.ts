import type { ShownAlert } from '../../../../src/local/demo/alerts/alertBody.ts';
import { told } from '../../../../src/local/demo/alerts/telling.ts';

const shown = { alertId: 'da1_1', state: 'enriched', calls: 1, sources: ['plain'] };
const event = { id: '1_1~1', type: 'defender.gateway.alert.enriched.v1', subject: 'da1_1', sequence: '0000000001' };

const ended: ShownAlert = {
  ...shown,
  result: {
    ...event,
    data: {
      machines: [
        { machine: { id: 'a', computerDnsName: 'wks-1' }, ageSeconds: 0, from: 'defender', by: 'alertId' },
        { machine: { id: 'b', computerDnsName: null }, ageSeconds: 7, from: 'cache', by: 'machineId' },
      ],
    },
  },
};

describe('what a demonstration says of an alert', () => {
  it('names its machines, how old each is, where it is from, and what it cost', () => {
    expect(told(ended)).toBe(
      'da1_1 is on wks-1 (0 s old, from Defender, by alert id) and b (7 s old, from the cache, by machine id); 1 call',
    );
  });

  it('is the reason where it has none', () => {
    expect(told({ ...shown, state: 'noMachine', reason: 'Defender knows no alert da1_1' })).toBe(
      'noMachine: Defender knows no alert da1_1',
    );
  });
});
