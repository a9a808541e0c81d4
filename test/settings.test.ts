import { readFileSync } from 'node:fs';
import { readSettings, settingNames } from '../src/settings.ts';

const storage = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

describe('the settings', () => {
  it('are those of the public cloud where nothing is set', () => {
    expect(readSettings(storage)).toMatchObject({
      DEFENDER_BASE_URL: 'https://api.security.microsoft.com',
      DEFENDER_SCOPE: 'https://api.securitycenter.microsoft.com/.default',
      SECURITY_STATES_BASE_URL: 'https://graph.microsoft.com',
      SECURITY_STATES_SCOPE: 'https://graph.microsoft.com/.default',
      QUOTA_LIMITS: [
        { calls: 100, seconds: 60 },
        { calls: 1500, seconds: 3600 },
      ],
      QUOTA_SCOPE: 'route',
      CALLER_CLASS_CAPS: new Map(),
      WEBSITE_AUTH_ENABLED: false,
    });
  });

  it('believe that the platform checks who calls only where it says so', () => {
    for (const [said, isOn] of [
      ['True', true],
      ['true', true],
      ['False', false],
      ['1', false],
    ] as const) {
      expect(readSettings({ ...storage, WEBSITE_AUTH_ENABLED: said }).WEBSITE_AUTH_ENABLED).toBe(isOn);
    }
  });

  it('cap the classes of callers', () => {
    const { CALLER_CLASS_CAPS } = readSettings({ ...storage, CALLER_CLASS_CAPS: 'key-0a1b2c3d4e5f=background' });
    expect(CALLER_CLASS_CAPS.get('key-0a1b2c3d4e5f')).toBe('background');
  });

  it('count as not set where they are empty', () => {
    expect(readSettings({ ...storage, DEFENDER_BASE_URL: ' ', AZURE_CLIENT_ID: '' })).toEqual(readSettings(storage));
  });

  it('that are wrong are told in one message, each with what would be right', () => {
    const wrong = () =>
      readSettings({
        DEFENDER_BASE_URL: 'https://api.security.microsoft.com/api',
        SECURITY_STATES_BASE_URL: 'http://graph.microsoft.com',
        DEFENDER_SCOPE: 'https://api.securitycenter.microsoft.com',
        QUOTA_LIMITS: '100',
        QUOTA_SCOPE: 'both',
        UPSTREAM_CONCURRENCY: '0',
        SECURITY_STATES_SOURCE: 'graph',
        SNAPSHOT_SCHEDULE: 'hourly',
        CALLER_CLASS_CAPS: 'key-0a1b2c3d4e5f=lowest',
      });
    expect(wrong).toThrow('The settings are wrong:');
    for (const said of [
      'DEFENDER_BASE_URL: write scheme and host only',
      'SECURITY_STATES_BASE_URL: write https',
      'DEFENDER_SCOPE: write a resource and /.default',
      "QUOTA_LIMITS: '100' is not a limit; write calls/seconds, such as 100/60,1500/3600",
      'QUOTA_SCOPE: write route or application',
      'SECURITY_STATES_SOURCE: write auto, preview or composed',
      'SNAPSHOT_SCHEDULE: write six fields, seconds first, such as 0 0 * * * * for each hour',
      'UPSTREAM_CONCURRENCY: ',
      'CALLER_CLASS_CAPS: piece 1 ends in no class (interactive, enrichment, background); write <caller>=<class>',
      'STORAGE_TABLES_ENDPOINT: is missing',
    ]) {
      expect(wrong).toThrow(said);
    }
  });

  describe('of storage', () => {
    const tables = { STORAGE_TABLES_ENDPOINT: 'https://kept.table.core.windows.net' };
    const queues = { STORAGE_QUEUES_ENDPOINT: 'https://kept.queue.core.windows.net' };
    const blobs = { STORAGE_BLOBS_ENDPOINT: 'https://kept.blob.core.windows.net' };

    it.each([
      [{}, 'TABLES', 'table'],
      [{ ...tables, ...blobs }, 'QUEUES', 'queue'],
      [{ ...tables, ...blobs, AlertQueues__accountName: 'own' }, 'QUEUES', 'queue'],
      [{ ...tables, ...queues }, 'BLOBS', 'blob'],
      [{ ...tables, AzureWebJobsStorage__queueServiceUri: 'https://host.example' }, 'BLOBS', 'blob'],
    ])('are wrong where a service is not named: %j', (given, name, service) => {
      expect(() => readSettings(given)).toThrow(
        `STORAGE_${name}_ENDPOINT: is missing: write the address of the ${service} service, or a connection string in AzureWebJobsStorage`,
      );
    });

    it.each([
      { ...tables, ...queues, ...blobs },
      { ...tables, AzureWebJobsStorage__accountName: 'kept' },
      { ...tables, ...blobs, AzureWebJobsStorage__queueServiceUri: 'https://host.example' },
    ])('are right with %j', (given) => {
      expect(() => readSettings(given)).not.toThrow();
    });

    it('name an account as Azure does', () => {
      expect(() => readSettings({ ...tables, AzureWebJobsStorage__accountName: 'https://kept' })).toThrow(
        "AzureWebJobsStorage__accountName: write a storage account's name: 3 to 24 small letters and digits",
      );
    });
  });

  it('take http for this machine only', () => {
    expect(readSettings({ ...storage, DEFENDER_BASE_URL: 'http://127.0.0.1:7072/' }).DEFENDER_BASE_URL).toBe(
      'http://127.0.0.1:7072',
    );
    expect(() => readSettings({ ...storage, DEFENDER_BASE_URL: 'http://127.0.0.1.example.com' })).toThrow(
      'write https',
    );
  });

  it('refuse a webhook that must not be spoken to, and one without a secret', () => {
    const given = { AzureWebJobsStorage: 'x', WEBHOOK_URL: 'https://hooks.contoso.com/alerts?key=hidden' };
    expect(() => readSettings(given)).toThrow(/WEBHOOK_SECRETS: is missing/);
    const signed = { ...given, WEBHOOK_SECRETS: `whsec_${btoa('x'.repeat(24))}` };
    expect(() => readSettings(signed)).toThrow(/WEBHOOK_URL: is on hooks\.contoso\.com, which WEBHOOK_ALLOWED_HOSTS/);
    expect(() => readSettings(signed)).not.toThrow(/hidden/);
    expect(readSettings({ ...signed, WEBHOOK_ALLOWED_HOSTS: '*.contoso.com' }).WEBHOOK_URL).toBe(given.WEBHOOK_URL);
    const inside = { ...signed, WEBHOOK_URL: 'https://10.0.0.4/alerts', WEBHOOK_ALLOWED_HOSTS: '10.0.0.4' };
    expect(() => readSettings(inside)).toThrow(/WEBHOOK_URL: 10\.0\.0\.4 is no public address/);
  });

  it('are all in local.settings.sample.json, and the sample is right', () => {
    const { Values } = JSON.parse(readFileSync('local.settings.sample.json', 'utf8'));
    expect(
      Object.keys(Values)
        .filter((name) => name !== 'FUNCTIONS_WORKER_RUNTIME')
        .sort(),
    ).toEqual([...settingNames].sort());
    expect(() => readSettings(Values)).not.toThrow();
  });
});

describe('the time of a slice of a run', () => {
  it('is less than what the host gives a function', () => {
    const [hours = 0, minutes = 0, seconds = 0] = JSON.parse(readFileSync('host.json', 'utf8'))
      .functionTimeout.split(':')
      .map(Number);
    const { SNAPSHOT_SLICE_SECONDS } = readSettings(storage);
    expect(SNAPSHOT_SLICE_SECONDS).toBeLessThanOrEqual(hours * 3600 + minutes * 60 + seconds - 60);
  });
});
