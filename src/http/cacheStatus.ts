/** Where an answer came from, as `Cache-Status` says it (RFC 9211; a list of structured fields, with us as its one member). */
import { headerText } from './headerText.ts';

export interface CacheStatus {
  /** It was kept, and nothing was asked of Defender for it; then there is no `forwarded`. */
  readonly hit?: boolean;
  /** Why Defender was asked: nothing was kept, it was stale, the caller wanted a newer one. */
  readonly forwarded?: 'miss' | 'stale' | 'request';
  /** What Defender answered. */
  readonly status?: number | undefined;
  /** Seconds for which the answer is fresh; negative where it is stale. */
  readonly ttl?: number | undefined;
  readonly stored?: boolean;
  /** The call was shared with other callers. */
  readonly collapsed?: boolean;
  /** Text of whatever origin. */
  readonly detail?: string | undefined;
}

export const cacheStatusHeader = (status: CacheStatus): Readonly<Record<string, string>> => {
  const { hit, forwarded, status: forwardedStatus, ttl, stored, collapsed, detail } = status;
  const parameters = [
    hit && 'hit',
    forwarded && `fwd=${forwarded}`,
    forwardedStatus !== undefined && `fwd-status=${forwardedStatus}`,
    ttl !== undefined && `ttl=${Math.floor(ttl)}`,
    stored && 'stored',
    collapsed && 'collapsed',
    detail !== undefined && `detail="${headerText(detail).replace(/["\\]/g, '\\$&')}"`,
  ];
  return { 'cache-status': ['defender-gateway', ...parameters.filter(Boolean)].join(';') };
};
