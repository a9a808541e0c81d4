import { bodyOf, type Gateway } from '../../support/gateway.ts';

/** One page of a walk. */
export interface WalkedPage {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly warning: string | null;
}

export interface WalkOptions {
  /** Done before each next page is asked for. */
  readonly meanwhile?: (pages: readonly WalkedPage[]) => Promise<unknown>;
  /** Which host is asked for a page, by its number. */
  readonly hostOf?: (page: number) => number;
  readonly headers?: Record<string, string>;
}

/** A link's address without scheme and host. @throws where it leads anywhere else than to the gateway */
const pathOf = (link: string, { urls }: Gateway): string => {
  const own = urls.find((url) => link.startsWith(`${url}/api/machines?$skiptoken=`));
  if (own === undefined) throw new Error(`a link leads elsewhere: ${link}`);
  return link.slice(own.length);
};

/** Follows the links from a first page until there is none. @throws where that is not the end of it */
export const walk = async (gateway: Gateway, first: string, options: WalkOptions = {}): Promise<WalkedPage[]> => {
  const { meanwhile, hostOf = () => 0, headers } = options;
  const pages: WalkedPage[] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    if (pages.length >= 100) throw new Error('a walk that does not end');
    const response = await gateway.get(path, headers, hostOf(pages.length));
    const body = await bodyOf(response);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${body.error.message}`);
    pages.push({ rows: body.value, warning: response.headers.get('x-gateway-warning') });
    const link: string | undefined = body['@odata.nextLink'];
    path = link && pathOf(link, gateway);
    if (path) await meanwhile?.(pages);
  }
  return pages;
};

export const idsOf = (pages: readonly WalkedPage[]): readonly unknown[] =>
  pages.flatMap(({ rows }) => rows.map(({ id }) => id));
