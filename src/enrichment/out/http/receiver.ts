/**
 * Who may be spoken to. A webhook's address is looked at twice: as it is written (`receiverFault`), and at each attempt by the addresses that
 * its name leads to (`addressFault`), for a name may lead anywhere, and elsewhere the next moment.
 */
import { type AllowedHost, isAllowed } from './allowedHosts.ts';
import { parseIp } from './ipAddress.ts';
import { reachOf } from './reach.ts';

export interface ReceiverRules {
  readonly allowedHosts: readonly AllowedHost[];
  /** Whether this machine may be spoken to, by `localhost`, 127.0.0.0/8 or ::1, also without TLS; for tests and a try. */
  readonly mayLoopback: boolean;
}

/** Why nothing may be sent there, in words that do not show path and query, which may hold a secret; undefined where it may. */
export const receiverFault = (address: string, { allowedHosts, mayLoopback }: ReceiverRules): string | undefined => {
  if (!URL.canParse(address)) return 'is no address: write one such as https://hooks.contoso.com/alerts';
  const url = new URL(address);
  const host = hostOf(url);
  const isHere = mayLoopback && isThisMachine(host);
  if (url.protocol !== 'https:' && !(isHere && url.protocol === 'http:')) {
    return `is ${url.protocol.slice(0, -1)} and not encrypted: write an address that begins with https://`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'holds a user name or a password: leave it out, the signature says who sends';
  }
  if (!isAllowed(allowedHosts, url))
    return `is on ${url.host}, which WEBHOOK_ALLOWED_HOSTS does not list: add it there`;
  return parseIp(host) === undefined ? undefined : addressFault(host, host, mayLoopback);
};

/**
 * Why a connection must not be made: what is not on the internet is no receiver, and `localhost` is nothing but this machine.
 *
 * @param host    as the URL has it, without brackets
 * @param address that it leads to
 */
export const addressFault = (host: string, address: string, mayLoopback: boolean): string | undefined => {
  const wanted = mayLoopback && isThisMachine(host) ? 'loopback' : 'public';
  if (reachOf(address) === wanted) return undefined;
  return host === address ? `${host} is no public address` : `${host} leads to ${address}, which is no public address`;
};

/** Of an IPv6 address without its brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

const isThisMachine = (host: string): boolean => host === 'localhost' || reachOf(host) === 'loopback';
