import * as fc from 'fast-check';
import type { Answer } from '../../src/defender/answer.ts';
import { callNamed, calls, ownCalls } from '../../src/defender/calls.ts';
import { findingOf } from '../../src/permissions/finding.ts';
import type { TokenClaims } from '../../src/permissions/tokenClaims.ts';
import { law } from '../support/law.ts';

const answered = (status: number, message?: string): Answer => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(message === undefined ? '' : JSON.stringify({ error: { code: 'Code', message } })),
});
const audience = 'https://api.securitycenter.microsoft.com/';
const claims = (more: Partial<TokenClaims> = {}): TokenClaims => ({ audience, roles: ['Machine.Read.All'], ...more });
const verdict = (name: string, answer: Answer, of: TokenClaims | undefined = claims()) =>
  findingOf(callNamed(name), answer, of).verdict;

describe('what an answer says of a permission', () => {
  it.each([
    ['listMachines', 200, 'ok'],
    ['listMachines', 404, 'ok'],
    ['listMachines', 410, 'refused'],
    ['machine', 404, 'ok'],
    ['alertMachine', 404, 'ok'],
    ['deviceAntivirus', 404, 'notServed'],
    ['machineSecurityStates', 410, 'notServed'],
    ['listMachines', 400, 'refused'],
    ['listMachines', 500, 'unreachable'],
    ['listMachines', 503, 'unreachable'],
  ])('%s answered %d: %s', (name, status, expected) => {
    expect(verdict(name, answered(status))).toBe(expected);
  });

  it('takes a plain 403 for a missing role only where the token has none that would do', () => {
    expect(verdict('machine', answered(403, 'Forbidden'))).toBe('refused');
    expect(verdict('machine', answered(403, 'Forbidden'), claims({ roles: [] }))).toBe('roleMissing');
    expect(verdict('machine', answered(403, 'Forbidden'), undefined)).toBe('refused');
  });

  it('knows any registered name of Defender, with a slash or in capitals', () => {
    const of = claims({ audience: 'HTTPS://API-EU.securitycenter.microsoft.com/', roles: [] });
    expect(verdict('machine', answered(403, 'Forbidden'), of)).toBe('roleMissing');
  });

  it.each([
    [{ kind: 'throttled', retryAfterSeconds: 8, message: 'spent' }, 'quotaSpent'],
    [{ kind: 'closed', retryAfterSeconds: 8, reason: 'no ledger' }, 'quotaUnavailable'],
    [{ kind: 'late', reason: 'no answer' }, 'unreachable'],
    [{ kind: 'unreachable', reason: 'no way' }, 'unreachable'],
  ] as const)('%j is %s', (answer, expected) => {
    expect(verdict('machine', answer)).toBe(expected);
  });

  const anyCall = fc.constantFrom(...[...calls, ...ownCalls].map(({ name }) => name));
  const anyStatus = fc.integer({ min: 300, max: 599 });
  const anyClaims = fc.option(
    fc.record({ audience: fc.option(fc.string(), { nil: undefined }), roles: fc.array(fc.string()) }),
    { nil: undefined },
  );

  it('is never ok where Defender refused, whatever it says', () => {
    law(
      fc.property(anyCall, anyStatus, fc.string(), anyClaims, (name, status, message, of) => {
        fc.pre(status !== 404);
        expect(verdict(name, answered(status, message), of)).not.toBe('ok');
      }),
    );
  });

  it('is ok wherever Defender answers, whatever the token says', () => {
    law(
      fc.property(anyCall, fc.integer({ min: 200, max: 299 }), anyClaims, (name, status, of) => {
        expect(verdict(name, answered(status), of)).toBe('ok');
      }),
    );
  });

  it('quotes neither tokens nor more than a few lines', () => {
    const message = `Bearer ey123.456 was refused ${'x'.repeat(2000)}`;
    const said = findingOf(callNamed('machine'), answered(403, message), claims()).said?.message ?? '';
    expect(said).toMatch(/^Bearer … was refused/);
    expect(said.length).toBeLessThanOrEqual(500);
  });
});
