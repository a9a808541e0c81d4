import { readFileSync } from 'node:fs';
import { readSettings, settingNames } from '../src/settings.ts';

const byKey = { CALLER_AUTH: 'key' };
const storage = { ...byKey, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const tenant = '11111111-2222-3333-4444-555555555555';

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
    });
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
    const tables = { ...byKey, STORAGE_TABLES_ENDPOINT: 'https://kept.table.core.windows.net' };
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
    const here = {
      ...storage,
      AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
      DEFENDER_BASE_URL: 'http://127.0.0.1:7072/',
    };
    expect(readSettings(here).DEFENDER_BASE_URL).toBe('http://127.0.0.1:7072');
    expect(() => readSettings({ ...here, AZURE_FUNCTIONS_ENVIRONMENT: 'Production' })).toThrow(
      'DEFENDER_BASE_URL: is no host of Defender',
    );
    expect(() => readSettings({ ...storage, DEFENDER_BASE_URL: 'http://127.0.0.1.example.com' })).toThrow(
      'write https',
    );
  });

  describe('of callers', () => {
    const { CALLER_AUTH: _, ...unsaid } = storage;
    const entra = { ...unsaid, AZURE_TENANT_ID: tenant, CALLER_AUDIENCES: `api://${tenant} ${tenant}` };

    it('ask for tokens where nothing is said, and then for what a token must be', () => {
      expect(readSettings(entra)).toMatchObject({
        CALLER_AUTH: 'entra',
        CALLER_AUDIENCES: [`api://${tenant}`, tenant],
      });
      expect(() => readSettings(unsaid)).toThrow(
        /CALLER_AUDIENCES: is missing: .*api:.*\n.*AZURE_TENANT_ID: is missing/,
      );
    });

    it.each([
      ['CALLER_KEYS_URL', 'http://keys.example/keys'],
      ['CALLER_KEYS_URL', 'data:application/json,{"keys":[]}'],
      ['CALLER_KEYS_URL', 'file:///keys'],
      ['CALLER_KEYS_URL', 'keys.example'],
      ['CALLER_KEYS_URL', 'http://127.0.0.1:7073/keys'],
      ['CALLER_KEYS_URL', 'https://localhost/keys'],
      ['CALLER_ISSUERS', 'http://sts.windows.net/tenant/'],
      ['CALLER_ISSUERS', 'https://sts.windows.net/tenant/ http://evil.example'],
      ['CALLER_ISSUERS', 'sts.windows.net'],
      ['CALLER_ISSUERS', 'http://127.0.0.1:7073/tenant/'],
      ['ENTRA_AUTHORITY', 'http://login.microsoftonline.com'],
      ['ENTRA_AUTHORITY', 'http://127.0.0.1'],
      ['ENTRA_AUTHORITY', 'https://127.0.0.1'],
      ['ENTRA_AUTHORITY', 'https://evil.example'],
      ['ENTRA_AUTHORITY', 'https://login.microsoftonline.com.evil.example'],
      ['ENTRA_AUTHORITY', 'https://login.microsoftonline.com:8443'],
      ['ENTRA_AUTHORITY', 'https://user@login.microsoftonline.com'],
    ])('believe no %s that somebody else may write: %s', (name, address) => {
      for (const set of [entra, storage]) expect(() => readSettings({ ...set, [name]: address })).toThrow(`${name}: `);
    });

    it.each([
      { CALLER_KEYS_URL: 'https://keys.example/keys', CALLER_ISSUERS: 'https://a.example https://b.example/' },
      { ENTRA_AUTHORITY: 'https://login.microsoftonline.us' },
      {
        AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
        CALLER_KEYS_URL: 'http://127.0.0.1:7073/keys',
        CALLER_ISSUERS: 'http://localhost:7073/tenant/ https://127.0.0.1/',
        ENTRA_AUTHORITY: 'http://[::1]:7073',
      },
    ])('believe an issuer of their own, and this machine where it is all there is: %j', (given) => {
      expect(() => readSettings({ ...entra, ...given })).not.toThrow();
    });

    it('say of an authority which would be right', () => {
      expect(() => readSettings({ ...entra, ENTRA_AUTHORITY: 'https://evil.example' })).toThrow(
        'ENTRA_AUTHORITY: is none of Entra: write https://login.microsoftonline.com or https://login.microsoftonline.us',
      );
    });

    it('bind callers to device groups', () => {
      const { CALLER_DEVICE_GROUPS } = readSettings({ ...storage, CALLER_DEVICE_GROUPS: `${tenant}=12|13` });
      expect(CALLER_DEVICE_GROUPS.get(tenant)).toEqual(new Set([12, 13]));
    });
  });

  describe('of a cloud', () => {
    it.each([
      [{ DEFENDER_REGION: 'eu' }, 'eu.api.security.microsoft.com', 'api.securitycenter.microsoft.com', 'com', 'com'],
      [{ DEFENDER_CLOUD: 'gcc' }, 'api-gcc.securitycenter.microsoft.us', '', 'com', 'com'],
      [{ DEFENDER_CLOUD: 'gcchigh' }, 'api-gov.securitycenter.microsoft.us', '', 'us', 'us'],
    ])('are its own: %j', (given, host, audience, ofGraph, ofEntra) => {
      expect(readSettings({ ...storage, ...given })).toMatchObject({
        DEFENDER_BASE_URL: `https://${host}`,
        DEFENDER_SCOPE: `https://${audience || host}/.default`,
        SECURITY_STATES_BASE_URL: `https://graph.microsoft.${ofGraph}`,
        SECURITY_STATES_SCOPE: `https://graph.microsoft.${ofGraph}/.default`,
        ENTRA_AUTHORITY: `https://login.microsoftonline.${ofEntra}`,
      });
    });

    it('know that the DoD has a Graph of its own', () => {
      expect(readSettings({ ...storage, DEFENDER_CLOUD: 'dod' })).toMatchObject({
        DEFENDER_BASE_URL: 'https://api-gov.securitycenter.microsoft.us',
        SECURITY_STATES_BASE_URL: 'https://dod-graph.microsoft.us',
      });
    });

    it('can each be another one', () => {
      const own = {
        DEFENDER_BASE_URL: 'https://api-uk.securitycenter.microsoft.com',
        DEFENDER_SCOPE: 'api://x/.default',
      };
      expect(readSettings({ ...storage, DEFENDER_CLOUD: 'gcc', ...own })).toMatchObject(own);
      expect(() => readSettings({ ...storage, DEFENDER_CLOUD: 'gcc', DEFENDER_REGION: 'eu' })).toThrow(
        'DEFENDER_REGION: is of the public cloud only',
      );
    });

    const defender = 'DEFENDER_BASE_URL';
    const graph = 'SECURITY_STATES_BASE_URL';
    const gov = 'https://api-gov.securitycenter.microsoft.us';

    it.each([
      ['public', defender, 'https://ina.api.security.microsoft.com'],
      ['public', defender, 'https://api.securitycenter.windows.com'],
      ['public', defender, 'https://api-gcc.securitycenter.microsoft.us'],
      ['gcc', defender, 'https://api.security.microsoft.com'],
      ['gcc', graph, 'https://graph.microsoft.com'],
      ['gcchigh', defender, gov],
      ['gcchigh', graph, 'https://dod-graph.microsoft.us'],
      ['dod', graph, 'https://graph.microsoft.us'],
    ])('%s can have as %s %s', (cloud, name, address) => {
      expect(readSettings({ ...storage, DEFENDER_CLOUD: cloud, [name]: address })).toMatchObject({ [name]: address });
    });

    it.each([
      ['gcchigh', defender, 'https://api.security.microsoft.com', gov],
      ['dod', defender, 'https://api-gcc.securitycenter.microsoft.us', gov],
      ['public', defender, gov, 'https://api.security.microsoft.com'],
      ['public', defender, 'https://graph.microsoft.com', 'https://api.security.microsoft.com'],
      ['gcc', defender, gov, 'https://api-gcc.securitycenter.microsoft.us'],
      ['public', graph, 'https://api.security.microsoft.com', 'https://graph.microsoft.com'],
      ['public', graph, 'https://graph.microsoft.us', 'https://graph.microsoft.com'],
      ['gcchigh', graph, 'https://graph.microsoft.com', 'https://graph.microsoft.us'],
      ['dod', graph, 'https://graph.microsoft.com', 'https://dod-graph.microsoft.us'],
    ])('%s can not have as %s %s', (cloud, name, address, right) => {
      const owner = name === defender ? 'Defender' : 'Graph';
      expect(() => readSettings({ ...storage, DEFENDER_CLOUD: cloud, [name]: address })).toThrow(
        `${name}: is no host of ${owner}'s where DEFENDER_CLOUD is ${cloud}, and tokens are sent nowhere else. Leave it out, or write one such as ${right}; this machine`,
      );
    });

    it('that nobody knows is told, whatever its hosts', () => {
      const given = { ...storage, DEFENDER_CLOUD: 'moon', DEFENDER_BASE_URL: gov };
      expect(() => readSettings(given)).toThrow(/wrong:\n {2}DEFENDER_CLOUD: write one of [\w, ]+$/);
    });

    it.each([
      'https://api.security.microsoft.com.evil.example',
      'https://evil.example',
      'https://apixsecurity.microsoft.com',
      'https://api.security.microsoft.com:8443',
      'https://user@api.security.microsoft.com',
      'https://evil.example#api.security.microsoft.com',
      'https://127.0.0.1',
      'http://localhost:7072',
    ])('send no token to %s', (address) => {
      for (const name of ['DEFENDER_BASE_URL', 'SECURITY_STATES_BASE_URL']) {
        expect(() => readSettings({ ...storage, [name]: address })).toThrow(`${name}: `);
      }
    });
  });

  it('refuse a webhook that must not be spoken to, and one without a secret', () => {
    const given = { ...byKey, AzureWebJobsStorage: 'x', WEBHOOK_URL: 'https://hooks.contoso.com/alerts?key=hidden' };
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
