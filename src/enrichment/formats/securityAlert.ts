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
  return alertItem({ ...rest, ...idOf(alert), raisedAt: whenRaised.map((name) => anyCase(alert, name)) });
};

/** When it was generated comes first: what was noticed may have begun long before. */
const whenRaised = [
  'TimeGenerated',
  'TimeGeneratedUtc',
  'ProcessingEndTime',
  'EndTimeUtc',
  'EndTime',
  'StartTimeUtc',
  'StartTime',
];

interface Id {
  readonly id: unknown;
  /** The member that it stands in. */
  readonly field: string;
  readonly product: 'other' | undefined;
}

const idOf = (alert: Members): Id => {
  const linked = idInLink(alert);
  const ids = ['VendorOriginalId', 'ProviderAlertId'].map((field) => ({ field, id: written(anyCase(alert, field)) }));
  const given = ids.find(({ id }) => id !== undefined);
  if (given !== undefined) return { ...given, product: productOfAlert(alert, given.id, linked) };
  if (linked !== undefined && productOf(linked) === 'defender') {
    return { field: 'AlertLink', id: linked, product: productOfAlert(alert, linked, linked) };
  }
  const id = written(anyCase(alert, 'SystemAlertId'));
  return { field: id === undefined ? 'VendorOriginalId or ProviderAlertId' : 'SystemAlertId', id, product: 'other' };
};

const written = (id: unknown): unknown => (typeof id === 'string' ? textOf(id) : (id ?? undefined));

/** Two letters in front of an id tell more than names do, and the link may have them where the id has not. */
const productOfAlert = (alert: Members, id: unknown, linked: string | undefined): 'other' | undefined => {
  const bare = String(id).toLowerCase();
  const fullest = linked !== undefined && alertKeyOf(linked) === bare ? linked : bare;
  if (alertKeyOf(fullest) !== fullest.toLowerCase()) return productOf(fullest) === 'other' ? 'other' : undefined;
  const names = nameMembers.map((name) => textOf(anyCase(alert, name)));
  return productNamed(names.find((name) => name !== undefined && name.toLowerCase() !== 'microsoft'));
};

const nameMembers = ['ProductName', 'ProductComponentName', 'ProviderName', 'VendorName'];

/** `https://security.microsoft.com/alerts/da3cb12a2f-…_1?tid=…` */
const idInLink = (alert: Members): string | undefined =>
  /\/alerts?\/([^/?#\s]+)/i.exec(textOf(anyCase(alert, 'AlertLink')) ?? '')?.[1];
