import { connectionStringOf, resolveSettings } from '../../../../src/local/host/triggers/appSettings.ts';

describe('a text with app settings in percent signs', () => {
  it('takes their values, wherever they stand', () => {
    const environment = { PREFIX: 'dev', Schedule: '0 0 * * * *', A__B: 'nested' };
    expect(resolveSettings('%PREFIX%-alerts-%PREFIX%', environment)).toBe('dev-alerts-dev');
    expect(resolveSettings('%schedule%', environment)).toBe('0 0 * * * *');
    expect(resolveSettings('%A:B%', environment)).toBe('nested');
    expect(resolveSettings('100 %', environment)).toBe('100 %');
  });

  it.each([{}, { ALERT_QUEUE: '' }])('names the setting that is missing, out of %j', (environment) => {
    expect(() => resolveSettings('%ALERT_QUEUE%', environment)).toThrow(
      'the app setting ALERT_QUEUE is missing, and "%ALERT_QUEUE%" takes its value from it',
    );
  });
});

describe('the connection of a binding', () => {
  const environment = { AzureWebJobsStorage: 'default', Alerts: 'own', AzureWebJobsBoth: 'prefixed', Both: 'plain' };

  it('is AzureWebJobsStorage where the binding names none', () => {
    expect(connectionStringOf(undefined, environment)).toBe('default');
    expect(connectionStringOf('', environment)).toBe('default');
    expect(connectionStringOf('Storage', environment)).toBe('default');
  });

  it('is the setting that the binding names, first with the prefix AzureWebJobs', () => {
    expect(connectionStringOf('Alerts', environment)).toBe('own');
    expect(connectionStringOf('Both', environment)).toBe('prefixed');
  });

  it('names the setting that is missing', () => {
    expect(() => connectionStringOf('Elsewhere', environment)).toThrow('the app setting Elsewhere is missing');
  });
});
