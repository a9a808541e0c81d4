/** What an answer of Defender's says of a permission. Pure: from the answer and the claims of the token to a verdict. */
import type { Answer, Answered } from '../defender/answer.ts';
import { looksLikeJson } from '../defender/body.ts';
import type { Call } from '../defender/call.ts';
import { readDefenderError } from '../defender/defenderError.ts';
import { told } from '../toldFault.ts';
import { isFor } from './audiences.ts';
import type { Said, Verdict } from './report.ts';
import { hasOne, rolesThatDo } from './roles.ts';
import type { TokenClaims } from './tokenClaims.ts';

export interface Finding {
  readonly verdict: Verdict;
  readonly said?: Said | undefined;
  /** Why there is no answer of Defender's. */
  readonly reason?: string | undefined;
  /** When it can be tried again. */
  readonly retryAfterSeconds?: number | undefined;
}

/** @param claims undefined where the token can't be read */
export const findingOf = (call: Call, answer: Answer, claims: TokenClaims | undefined): Finding => {
  switch (answer.kind) {
    case 'answered':
      return ofAnswer(call, answer, claims);
    case 'throttled':
      return { verdict: 'quotaSpent', reason: answer.message, retryAfterSeconds: answer.retryAfterSeconds };
    case 'closed':
      return { verdict: 'quotaUnavailable', reason: told(answer.reason), retryAfterSeconds: answer.retryAfterSeconds };
    case 'unreachable':
    case 'late':
      return { verdict: 'unreachable', reason: told(answer.reason) };
    case 'notCached':
      return { verdict: 'unreachable', reason: 'nothing was asked' };
  }
};

const ofAnswer = (call: Call, answer: Answered, claims: TokenClaims | undefined): Finding => {
  const said = saidIn(answer);
  if (answer.status >= 200 && answer.status < 300) return { verdict: 'ok' };
  return { verdict: verdictOf(call, answer, said.message ?? '', claims), said };
};

const verdictOf = (call: Call, answer: Answered, message: string, claims: TokenClaims | undefined): Verdict => {
  const { status } = answer;
  if (status === 404 || status === 410) return ofMissing(call, answer);
  if (status === 401 || status === 403) return ofRefusal(call, status, message, claims);
  return status >= 500 ? 'unreachable' : 'refused';
};

/** Not known to be served everywhere. */
const mayBeMissing = ['machineSecurityStates', 'deviceAntivirus'];

/** An unknown machine or alert is 404, a fleet without machines too ("List machines API"). What is no JSON is no answer of Defender's. */
const ofMissing = ({ name }: Call, { status, headers, body }: Answered): Verdict => {
  if (mayBeMissing.includes(name)) return 'notServed';
  const isDefenders = body.length === 0 || looksLikeJson(headers['content-type'] ?? null, body);
  return status === 404 && isDefenders ? 'ok' : 'refused';
};

/** "Account mode is inactive", "No Tvm license" (401), "Account is not provisioned" (403): seen on tenants without Defender. */
const withoutLicence = /account mode is inactive|no \w+ licen[cs]e|not licen[cs]ed|not provisioned/i;
/** Defender's words, and Graph's. */
const withoutRole = /missing application roles|insufficient privileges|missing roles?\b/i;

const ofRefusal = (call: Call, status: number, message: string, claims: TokenClaims | undefined): Verdict => {
  if (withoutLicence.test(message)) return 'notLicensed';
  const audience = claims?.audience;
  const isElsewhere = audience !== undefined && !isFor(call.service, audience);
  if (isElsewhere || /\baudience\b/i.test(message)) return 'wrongAudience';
  if (status === 401) return 'refused';
  if (withoutRole.test(message)) return 'roleMissing';
  const wanted = rolesThatDo(call).names;
  return wanted.length === 0 || (claims && hasOne(claims.roles, wanted) === false) ? 'roleMissing' : 'refused';
};

const saidIn = ({ status, body }: Answered): Said => {
  const { code, message } = readDefenderError(body) ?? {};
  return { status, code: shortened(code), message: shortened(message) };
};

const shortened = (text: string | undefined): string | undefined => (text === undefined ? undefined : told(text));
