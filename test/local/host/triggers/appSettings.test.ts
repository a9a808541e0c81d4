import { resolveSettings } from '../../../../src/local/host/triggers/appSettings.ts';

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
