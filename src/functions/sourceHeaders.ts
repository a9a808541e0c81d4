/** Where an answer came from and how long it is good for, for its headers. */
import type { Answer } from '../defender/answer.ts';
import { type CacheStatus, cacheStatusHeader } from '../http/cacheStatus.ts';
import { headerText } from '../http/headerText.ts';
import { notReusable, reusable, reusableIfConfirmed } from '../http/reuse.ts';
import type { Source, Told } from '../machines/told.ts';

/** Put over the headers of `respond`: its warning is among these. */
export const sourceHeaders = ({ answer, source }: Told): Readonly<Record<string, string>> => ({
  ...cacheStatusHeader(statusOf(answer, source)),
  ...reuseOf(answer, source),
  ...warningOf(answer, source),
});

const statusOf = (answer: Answer, source: Source): CacheStatus => {
  if (source.kind === 'cache') return { hit: true, ttl: source.freshFor, detail: source.insteadOf };
  if (source.kind === 'nowhere') return { detail: 'nothing kept' };
  // Who was refused by the quota never went forward.
  if (answer.kind === 'throttled' || answer.kind === 'closed') return { detail: answer.kind };
  return {
    forwarded: source.because,
    ...(answer.kind === 'answered' ? { status: answer.status } : { detail: answer.kind }),
    ttl: source.freshFor,
    stored: source.freshFor !== undefined,
    collapsed: source.isShared,
  };
};

const reuseOf = (answer: Answer, source: Source): Readonly<Record<string, string>> => {
  if (answer.kind !== 'answered' || source.kind === 'nowhere') return notReusable;
  if (source.kind === 'cache') return reusable(source.age, source.freshFor);
  if (source.freshFor !== undefined) return reusable(source.isShared ? source.age : undefined, source.freshFor);
  return answer.status === 200 ? reusableIfConfirmed : notReusable;
};

const warningOf = (answer: Answer, source: Source): Readonly<Record<string, string>> => {
  const warnings = [answer.kind === 'answered' ? answer.warning : undefined, ageWarning(source)];
  const text = warnings.filter((warning) => warning !== undefined).join(' ');
  return text === '' ? {} : { 'x-gateway-warning': headerText(text) };
};

/** Who gets an older answer than others would is told how old, and why. */
const ageWarning = (source: Source): string | undefined => {
  if (source.kind !== 'cache') return undefined;
  const old = `This answer is ${Math.ceil(source.age)} s old`;
  if (source.insteadOf !== undefined) {
    return `${old}, as you allowed (stale-if-error). A newer one could not be had: ${source.insteadOf.replace(/[.\s]*$/, '')}.`;
  }
  if (source.freshFor >= 0) return undefined;
  return `${old}, ${Math.ceil(-source.freshFor)} s longer than it is fresh.`;
};
