/** The calls on alerts. An alert goes by the id it is listed with, prefix included or not. */
import { type Answer, found, notFound, refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import { type ListType, listOptions } from '../listOptions.ts';
import { listRows } from '../listRows.ts';
import { collectionText, entityText, rowText } from '../rowText.ts';
import { alertType, filterableAlertProperties } from './alertType.ts';

const alerts: ListType = {
  entity: alertType,
  filterable: filterableAlertProperties,
  mostTop: 10_000,
  expandable: ['evidence'],
};

/** GET /api/alerts/{id}/machine: 404 where the alert is unknown and where its device is, in the same way. */
export const alertMachine = ({ fleet, value, base }: Call): Answer => {
  const machineId = fleet.alert(value)?.machineId;
  const machine = machineId ? fleet.machine(machineId) : undefined;
  return machine
    ? found(entityText(`${base}/$metadata#Machines/$entity`, machine))
    : notFound(`The machine of alert ${value} was not found`);
};

/** GET /api/alerts/{id}, with its evidence. */
export const alert = ({ fleet, value, base }: Call): Answer => {
  const known = fleet.alert(value);
  return known
    ? found(entityText(`${base}/$metadata#Alerts/$entity`, known))
    : notFound(`Alert ${value} was not found`);
};

/** GET /api/alerts: evidence only with `$expand=evidence`; no link, as for machines with `$top`. */
export const listAlerts = ({ fleet, query, base, paging, dialect }: Call): Answer => {
  const read = listOptions(query, alerts, dialect);
  if (read.kind === 'wrong') return refusal(400, 'ODataError', read.message);
  const textOf = read.options.expand ? rowText : withoutEvidence;
  const { matching, rows } = listRows(fleet.alerts(), read.options, { most: paging.pageSize, dialect, textOf });
  const count = read.options.count ? matching : undefined;
  return found(collectionText({ context: `${base}/$metadata#Alerts`, count, rows }));
};

const withoutEvidence = (row: object): string => JSON.stringify('evidence' in row ? { ...row, evidence: [] } : row);
