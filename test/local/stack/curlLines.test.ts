import { alertLines, curlLines, keyCredential, snapshotLines } from '../../../src/local/stack/command/curlLines.ts';
import type { FleetExamples } from '../../../src/local/stack/fleetExamples.ts';

const fleet: FleetExamples = {
  unknownMachineId: '0'.repeat(40),
  user: "o'brien",
  unknownUser: 'nobody',
  domain: 'malware.example',
  domainOfMostMachines: 'login.example',
  unknownAlertId: 'da1_1',
  alertId: 'da637308392288907382_-880718168',
  incident: { alertId: 'da2_1', machineId: 'a'.repeat(40), hostName: 'wks-1.contoso.com', user: "o'brien" },
  ambiguousHostName: 'srv-1',
};

const wordsOf = (line: string) => line.match(/'[^']*'|[^ ]+/g)?.map((word) => word.replace(/^'|'$/g, '')) ?? [];

describe('the lines for a shell', () => {
  const lines = curlLines('http://127.0.0.1:7071', keyCredential('the-key'), fleet);

  it('are one for each call, with the key, and with nothing that a shell reads', () => {
    expect(lines.map((line) => new URL(wordsOf(line).at(-1) ?? '').pathname)).toEqual([
      '/api/machines',
      `/api/machines/${'a'.repeat(40)}`,
      '/api/users/o%27brien/machines',
      '/api/domains/malware.example/machines',
      '/api/alerts/da637308392288907382_-880718168/machine',
      '/testwdatppreview/machinesecuritystates',
      '/gateway/machines/resolve',
      '/gateway/quota',
      '/gateway/openapi.json',
      '/api/$batch',
    ]);
    for (const line of lines)
      expect(wordsOf(line).slice(0, 4)).toEqual(['curl', '-s', '-H', 'x-functions-key: the-key']);
  });

  it('hold a batch of what is asked of an alert', () => {
    const words = wordsOf(lines.at(-1) ?? '');
    expect(words).toContain('content-type: application/json');
    expect(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).toEqual({
      requests: [
        { id: '1', method: 'GET', url: `machines/${'a'.repeat(40)}` },
        { id: '2', method: 'GET', url: 'alerts/da2_1/machine' },
        { id: '3', method: 'GET', url: 'users/o%27brien/machines' },
      ],
    });
  });
});

describe('the lines of snapshots', () => {
  const lines = snapshotLines('http://127.0.0.1:7071', keyCredential('the-key'), fleet);

  it('are one for each question, the changes as CSV', () => {
    expect(lines.map((line) => new URL(wordsOf(line).at(-1) ?? '').pathname)).toEqual([
      '/gateway/snapshots',
      '/gateway/snapshots/latest/machines',
      `/gateway/machines/${'a'.repeat(40)}/states`,
      '/gateway/snapshots/trend',
      '/gateway/snapshots/latest/changes',
    ]);
    expect(wordsOf(lines.at(-1) ?? '')).toContain('accept: text/csv');
    for (const line of lines)
      expect(wordsOf(line).slice(0, 4)).toEqual(['curl', '-s', '-H', 'x-functions-key: the-key']);
  });
});

describe('the lines of alerts', () => {
  const lines = alertLines('http://127.0.0.1:7071', keyCredential('the-key'), fleet).map(wordsOf);

  it('send an alert, wait for it, and ask for those that failed', () => {
    expect(lines.map((words) => words.at(-1)?.replace('http://127.0.0.1:7071', ''))).toEqual([
      '/gateway/alerts',
      '/gateway/alerts/da2_1',
      '/gateway/alerts?state=failed',
    ]);
    expect(lines[1]).toContain('prefer: wait=20');
    for (const words of lines) expect(words.slice(0, 4)).toEqual(['curl', '-s', '-H', 'x-functions-key: the-key']);
  });

  it('send one with its machine', () => {
    const [words = []] = lines;
    expect(words).toContain('content-type: application/json');
    const alert = JSON.parse(words[words.indexOf('-d') + 1] ?? '');
    expect(alert).toEqual({ alertId: 'da2_1', machineId: 'a'.repeat(40) });
  });
});
