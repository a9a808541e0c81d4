/** One call, made as the gateway makes it, and what came of it. */
import type { Call, Service } from '../defender/call.ts';
import type { Defender } from '../defender/client.ts';
import { adviceOn } from './advice.ts';
import { type App, claimsOf } from './case.ts';
import { type Finding, findingOf } from './finding.ts';
import type { HeldToken, ServiceAccess } from './heldToken.ts';
import { probeOf } from './probe.ts';
import type { CallReport } from './report.ts';
import { rolesNamed, rolesThatDo } from './roles.ts';

export interface Examining {
  readonly services: Readonly<Record<Service, ServiceAccess>>;
  readonly defender: Pick<Defender, 'ask'>;
  readonly app: App;
}

/** For a call's turn, and for its answer. With the tokens before them, a report takes twenty seconds or so. */
const turnMs = 6000;
const answerMs = 10_000;
/** Whoever looks for a machine goes first; a check that gets no turn says so. Not behind snapshots, which can be under way for long. */
const priority = 'enrichment';

/** @param look the token of its service; undefined: the call is not used, and not made */
export const examineCall = async (
  call: Call,
  look: Promise<HeldToken> | undefined,
  { services, defender, app }: Examining,
): Promise<CallReport> => {
  const question = probeOf(call);
  const { baseUrl, scope } = services[call.service];
  const held = (await look) ?? notLooked;
  const finding = look === undefined ? notUsed : await find(call, held, defender);
  const claims = claimsOf(held);
  const { names, from } = rolesThatDo(call);
  const named = rolesNamed(finding.said?.message);
  return {
    call: call.name,
    request: `GET ${baseUrl}${question.path}${question.query}`,
    service: call.service,
    verdict: finding.verdict,
    rolesThatDo: named ?? names,
    rolesFrom: named ? 'the refusal' : from,
    rolesInToken: claims?.roles,
    scope,
    audience: claims?.audience,
    said: finding.said,
    ...adviceOn({ call, host: new URL(baseUrl).host, finding, held, app }),
  };
};

const notUsed: Finding = { verdict: 'notUsed' };
const notLooked: HeldToken = { kind: 'none', reason: 'it was not asked for' };

const find = async (call: Call, held: HeldToken, defender: Pick<Defender, 'ask'>): Promise<Finding> => {
  if (held.kind === 'none') return { verdict: 'identityUnavailable', reason: held.reason };
  const answer = await defender.ask(call, () => probeOf(call), { waitMs: turnMs, answerMs, priority });
  return findingOf(call, answer, held.claims);
};
