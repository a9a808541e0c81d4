/** The hosts that a webhook may be on: `hooks.contoso.com`, `*.contoso.com` for what is below it, either with a port of its own. */
import { parseIp } from './ipAddress.ts';

export interface AllowedHost {
  /** As `URL` writes it: in lower case, in ASCII, an IPv6 address in brackets. */
  readonly name: string;
  /** What is below the name, and not the name itself. */
  readonly isBelow: boolean;
  /** Without, the usual one of the scheme. */
  readonly port?: number | undefined;
}

/** @throws Error that says which is wrong, and what would be right */
export const readAllowedHosts = (text: string): readonly AllowedHost[] =>
  text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map(readHost);

export const isAllowed = (hosts: readonly AllowedHost[], url: URL): boolean =>
  hosts.some(({ name, isBelow, port }) => {
    const isNamed = isBelow ? url.hostname.endsWith(`.${name}`) : url.hostname === name;
    return isNamed && portOf(url) === (port ?? usualPort(url));
  });

const written = /^(\*\.)?(\[[\da-f:.]+\]|[^\s:*/?#@\\[\]]+)(?::(\d{1,5}))?$/i;

const readHost = (word: string): AllowedHost => {
  const [, below, host = '', port] = written.exec(word) ?? [];
  const address = `https://${host}:${port ?? 443}`;
  if (host === '' || !URL.canParse(address)) {
    throw new Error(
      `'${word}' is no host: write names such as hooks.contoso.com, *.contoso.com or hooks.contoso.com:8443`,
    );
  }
  const name = new URL(address).hostname;
  if (below !== undefined && (!name.includes('.') || parseIp(name) !== undefined)) {
    throw new Error(`'${word}' allows too much: write the domain below which hosts are meant, such as *.contoso.com`);
  }
  return { name, isBelow: below !== undefined, port: port === undefined ? undefined : Number(port) };
};

const usualPort = ({ protocol }: URL): number => (protocol === 'http:' ? 80 : 443);

const portOf = (url: URL): number => (url.port === '' ? usualPort(url) : Number(url.port));
