import { appliedPreferences } from '../../../src/http/batch/appliedPreferences.ts';

describe('what of Prefer was applied to a batch', () => {
  it.each([
    [null, undefined, {}],
    ['return=minimal', undefined, {}],
    ['continue-on-error', undefined, { 'preference-applied': 'continue-on-error' }],
    ['wait=5, odata.continue-on-error="true"', 'wait=5', { 'preference-applied': 'wait=5, continue-on-error' }],
    ['continue-on-error=false, wait=5', 'wait=5', { 'preference-applied': 'wait=5' }],
  ])('of %s is told', (prefer, applied, headers) => {
    expect(appliedPreferences(prefer, applied)).toEqual(headers);
  });
});
