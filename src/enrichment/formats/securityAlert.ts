/**
 * What Sentinel says of an alert ("Microsoft Sentinel security alert schema reference"): a row of SecurityAlert, the body of the alert
 * trigger, and an alert of an incident have the same members, in one case of letters or another. The id that the product gave goes by
 * `VendorOriginalId` or `ProviderAlertId`; `SystemAlertId` is Sentinel's own.
 */
import { alertKeyOf, productOf } from '../alertId.ts';
import { alertItem } from './alertItem.ts';
import type { Item } from './format.ts';
import { anyCase, type Members, textOf } from './members.ts';
import { productNamed } from './productNamed.ts';

export interface SecurityAlert {
  /** The alert's members. */
  readonly alert: Members;
  readonly place: string;
  readonly machineIds: readonly unknown[];
  readonly original: unknown;
}

export const securityAlertItem = ({ alert, ...rest }: SecurityAlert): Item => {
  const known = anyCase(alert, [...idMembers, 'SystemAlertId', 'AlertLink', ...nameMembers, ...whenRaised]);
  return alertItem({ ...rest, ...idOf(known), raisedAt: whenRaised.map((name) => known[name]) });
};

type Known = ReturnType<typeof anyCase<MemberName>>;
type MemberName = (typeof idMembers | typeof nameMembers | typeof whenRaised)[number] | 'SystemAlertId' | 'AlertLink';

const idMembers = ['VendorOriginalId', 'ProviderAlertId'] as const;

/** When it was generated comes first: what was noticed may have begun long before. */
const whenRaised = [
  'TimeGenerated',
  'TimeGeneratedUtc',
  'ProcessingEndTime',
  'EndTimeUtc',
  'EndTime',
  'StartTimeUtc',
  'StartTime',
] as const;

interface Id {
  readonly id: unknown;
  /** The member that it stands in. */
  readonly field: string;
  readonly product: 'other' | undefined;
}

const idOf = (alert: Known): Id => {
  const linked = idInLink(alert);
  const ids = idMembers.map((field) => ({ field, id: written(alert[field]) }));
  const given = ids.find(({ id }) => id !== undefined);
  if (given !== undefined) return { ...given, product: productOfAlert(alert, given.id, linked) };
  if (linked !== undefined && productOf(linked) === 'defender') {
    return { field: 'AlertLink', id: linked, product: productOfAlert(alert, linked, linked) };
  }
  const id = written(alert.SystemAlertId);
  return { field: id === undefined ? 'VendorOriginalId or ProviderAlertId' : 'SystemAlertId', id, product: 'other' };
};

const written = (id: unknown): unknown => (typeof id === 'string' ? textOf(id) : (id ?? undefined));

/** Two letters in front of an id tell more than names do, and the link may have them where the id has not. */
const productOfAlert = (alert: Known, id: unknown, linked: string | undefined): 'other' | undefined => {
  const bare = String(id).toLowerCase();
  const fullest = linked !== undefined && alertKeyOf(linked) === bare ? linked : bare;
  if (alertKeyOf(fullest) !== fullest.toLowerCase()) return productOf(fullest) === 'other' ? 'other' : undefined;
  const names = nameMembers.map((name) => textOf(alert[name]));
  return productNamed(names.find((name) => name !== undefined && name.toLowerCase() !== 'microsoft'));
};

const nameMembers = ['ProductName', 'ProductComponentName', 'ProviderName', 'VendorName'] as const;

/** `https://security.microsoft.com/alerts/da3cb12a2f-…_1?tid=…` */
const idInLink = (alert: Known): string | undefined =>
  /\/alerts?\/([^/?#\s]+)/i.exec(textOf(alert.AlertLink) ?? '')?.[1];
