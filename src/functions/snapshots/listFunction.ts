/** An address that answers with a list, page by page. A link to the next page holds the whole question, so that pages belong together. */
import { type Collection, collectionReply, type Written } from '../../http/collection.ts';
import { readWhole } from '../../http/ownQuery.ts';
import { withHeaders } from '../../http/reply.ts';
import { readSkipToken, writeSkipToken } from '../../http/skipToken.ts';
import type { Refusal } from '../../snapshots/reading/refusal.ts';
import type { HttpFunction, Services } from '../services.ts';
import type { HttpTrigger } from '../triggers.ts';
import { type AskedSnapshot, snapshotFunction, type Wrong } from './asking.ts';

export interface ListQuestion<Name extends string> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Partial<Record<Name, string>>>;
  readonly top: number;
  /** `position` of the link that was followed. */
  readonly position: string | undefined;
}

export interface ListPage<Row> extends Pick<Collection<Row>, 'rows' | 'count' | 'annotations'> {
  readonly next?: NextPage | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface NextPage {
  readonly position: string;
  /** Where the question is to be another one than the caller's: a run by its name, for instance, in place of `latest`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
}

export interface ListRules<Name extends string, Row> extends Written<Row> {
  readonly trigger: HttpTrigger;
  /** What the metadata would call the rows: `SnapshotMachines`. */
  readonly set: string;
  /** Options besides those of all lists. */
  readonly options: readonly Name[];
  readonly top: { readonly usual: number; readonly most: number };
  readonly ask: (question: ListQuestion<Name>) => Promise<ListPage<Row> | Refusal>;
}

type ListOption = '$top' | '$skiptoken' | '$format';

export const listFunction = <Name extends string, Row>(
  services: Pick<Services, 'clock'>,
  rules: ListRules<Name, Row>,
): HttpFunction => {
  const { trigger, set, options, top, ask } = rules;
  const names: readonly (Name | ListOption)[] = [...options, '$top', '$skiptoken'];
  return snapshotFunction(trigger, services, names, async (asked) => {
    const { format, query, params, origin } = asked;
    const { $top, $skiptoken }: { readonly [Option in ListOption]?: string | undefined } = query;
    const whole = readWhole('$top', $top, top);
    if (whole.kind === 'wrong') return whole;
    const position = $skiptoken === undefined ? undefined : readSkipToken(listOf(trigger, params), $skiptoken);
    if ($skiptoken !== undefined && position === undefined) return lostToken;
    const page = await ask({ params, query, top: whole.whole, position });
    if ('kind' in page) return page;
    const nextLink = page.next && linkTo(trigger, asked, page.next);
    const context = `${origin}/gateway/$metadata#${set}`;
    return withHeaders(collectionReply(format, { ...page, context, nextLink }, rules), page.headers ?? {});
  });
};

const lostToken: Wrong = {
  kind: 'wrong',
  message: "$skiptoken: it is none of this list's. Follow '@odata.nextLink' as it is, or begin again without it",
};

/** Which list a token is of. */
const listOf = ({ name }: HttpTrigger, params: Readonly<Record<string, string>>): string =>
  [name, ...Object.values(params)].join('/').toLowerCase();

const linkTo = (trigger: HttpTrigger, { params, query, origin }: AskedSnapshot<string>, next: NextPage): string => {
  const path = { ...params, ...next.params };
  const route = trigger.route.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const token = writeSkipToken(listOf(trigger, path), next.position);
  const options = Object.entries({ ...query, ...next.query, $skiptoken: token });
  const texts = options.flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`));
  return `${origin}/${route}?${texts.join('&')}`;
};
