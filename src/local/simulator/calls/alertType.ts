import { type ComplexType, collection, type ScalarName, scalar, type Type } from '../../../odata/edm.ts';

/** What the alerts list may be filtered by (List alerts API). */
export const filterableAlertProperties = [
  'alertCreationTime',
  'lastUpdateTime',
  'incidentId',
  'investigationId',
  'id',
  'assignedTo',
  'detectionSource',
  'lastEventTime',
  'status',
  'severity',
  'category',
] as const;

const each = (type: ScalarName, names: string): Record<string, Type> =>
  Object.fromEntries(names.split(' ').map((name) => [name, scalar(type)]));

/** An alert's properties (Alert resource type). */
export const alertType: ComplexType = {
  kind: 'complex',
  name: 'alert',
  listed: filterableAlertProperties,
  properties: {
    ...each('string', 'id assignedTo severity status classification determination investigationState detectionSource'),
    ...each('string', 'detectorId category threatFamilyName threatName title description machineId computerDnsName'),
    ...each('string', 'rbacGroupName aadTenantId'),
    ...each('number', 'incidentId investigationId'),
    ...each('dateTimeOffset', 'alertCreationTime firstEventTime lastEventTime lastUpdateTime resolvedTime'),
    mitreTechniques: collection(scalar('string')),
    relatedUser: { kind: 'complex', name: 'related user', properties: each('string', 'userName domainName') },
    comments: collection({ kind: 'complex', name: 'comment', properties: each('string', 'comment createdBy') }),
    evidence: collection({ kind: 'complex', name: 'evidence', properties: each('string', 'entityType') }),
  },
};
