import { type ComplexType, collection, scalar } from '../odata/edm.ts';

/** The properties that `$filter` is documented for (List machines API). */
export const filterableProperties = [
  'computerDnsName',
  'id',
  'version',
  'deviceValue',
  'aadDeviceId',
  'machineTags',
  'lastSeen',
  'exposureLevel',
  'onboardingStatus',
  'lastIpAddress',
  'healthStatus',
  'osPlatform',
  'riskScore',
  'rbacGroupId',
] as const;

const ipAddress: ComplexType = {
  kind: 'complex',
  name: "machine's IP address",
  properties: {
    ipAddress: scalar('string', "'10.0.0.1'"),
    macAddress: scalar('string', "'00155D012345'"),
    type: scalar('string', "'Ethernet'"),
    operationalStatus: scalar('string', "'Up'"),
  },
};

const vmMetadata: ComplexType = {
  kind: 'complex',
  name: "machine's vmMetadata",
  properties: {
    vmId: scalar('string'),
    cloudProvider: scalar('string', "'Azure'"),
    resourceId: scalar('string'),
    subscriptionId: scalar('string'),
  },
};

/**
 * A machine as Defender sends it: the documented properties (Machine resource type) and those that only its answers
 * show. What may be filtered by is documented for fewer; of the others Defender decides.
 *
 * `rbacGroupId` is text in the document and a number in the answers, and clients quote `aadDeviceId` or do not.
 */
export const machineType: ComplexType = {
  kind: 'complex',
  name: 'machine',
  listed: filterableProperties,
  properties: {
    id: scalar('string', "'1e5bc9d7e413ddd7902c2932e418702b84d0cc07'"),
    mergedIntoMachineId: scalar('string', "'1e5bc9d7e413ddd7902c2932e418702b84d0cc07'"),
    isPotentialDuplication: scalar('boolean'),
    isExcluded: scalar('boolean'),
    exclusionReason: scalar('string'),
    computerDnsName: scalar('string', "'mymachine1.contoso.com'"),
    firstSeen: scalar('dateTimeOffset'),
    lastSeen: scalar('dateTimeOffset'),
    osPlatform: scalar('string', "'Windows11'"),
    osVersion: scalar('string', "'10.0.0.0'"),
    osProcessor: scalar('string', "'x64'"),
    osArchitecture: scalar('string', "'64-bit'"),
    osBuild: scalar('number', '18209'),
    version: scalar('string', "'22H2'"),
    lastIpAddress: scalar('string', "'172.17.230.209'"),
    lastExternalIpAddress: scalar('string', "'167.220.196.71'"),
    agentVersion: scalar('string', "'10.8790.19045.5608'"),
    healthStatus: scalar('string', "'Active'"),
    deviceValue: scalar('string', "'Normal'"),
    rbacGroupId: { ...scalar('number', '140'), alsoTakes: 'string' },
    rbacGroupName: scalar('string', "'The-A-Team'"),
    riskScore: scalar('string', "'High'"),
    exposureLevel: scalar('string', "'Medium'"),
    exposureScore: scalar('string', "'Medium'"),
    isAadJoined: scalar('boolean'),
    aadDeviceId: { ...scalar('guid'), alsoTakes: 'string' },
    machineTags: collection(scalar('string', "'test tag 1'")),
    defenderAvStatus: scalar('string', "'Updated'"),
    onboardingStatus: scalar('string', "'onboarded'"),
    managedBy: scalar('string', "'Intune'"),
    managedByStatus: scalar('string', "'Success'"),
    ipAddresses: collection(ipAddress),
    vmMetadata,
  },
};
