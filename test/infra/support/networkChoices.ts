/** Whether storage is reached through private endpoints only. */
import type { Choice } from './rules/choices.ts';

const account = { type: 'Microsoft.Storage/storageAccounts', path: 'properties' };
const endpoints = { type: 'Microsoft.Network/privateEndpoints' };
const subnet = { type: 'Microsoft.Web/sites', path: 'properties.virtualNetworkSubnetId' };
const connections = 'properties.privateLinkServiceConnections.0.properties';
const isPrivate = { vnetEnabled: true };
const services = ['blob', 'queue', 'table'];

const privately: readonly Choice[] = [
  {
    says: 'lets nobody reach a private storage from outside',
    given: isPrivate,
    ...account,
    path: 'properties.publicNetworkAccess',
    stands: ['Disabled'],
    breaks: [
      ['isPrivate: vnetEnabled', 'isPrivate: false'],
      ["publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'", "publicNetworkAccess: 'Enabled'"],
    ],
  },
  {
    says: 'has the firewall of a private storage let in trusted services only',
    given: isPrivate,
    ...account,
    path: 'properties.networkAcls',
    stands: [{ bypass: 'AzureServices', defaultAction: 'Deny' }],
    breaks: [
      ["defaultAction: isPrivate ? 'Deny' : 'Allow'", "defaultAction: 'Allow'"],
      ["bypass: 'AzureServices'", "bypass: 'None'"],
    ],
  },
  {
    says: 'puts the app into the network of a private storage',
    given: isPrivate,
    ...subnet,
    stands: ['<network.id>/subnets/app'],
    breaks: [
      ["subnetId: vnetEnabled ? network!.outputs.appSubnetId : ''", "subnetId: ''"],
      ['virtualNetworkSubnetId: empty(subnetId) ? null : subnetId', 'virtualNetworkSubnetId: null'],
      ["'app/network.bicep' = if (vnetEnabled)", "'app/network.bicep' = if (!vnetEnabled)"],
    ],
  },
  {
    says: 'leads to each service of a private storage',
    given: isPrivate,
    ...endpoints,
    path: `${connections}.groupIds`,
    stands: services.map((service) => [service]),
    breaks: [
      ['groupIds: [service]', "groupIds: ['blob']"],
      ["var services = ['blob', 'queue', 'table']", "var services = ['blob', 'queue']"],
    ],
  },
  {
    says: 'has names lead to each of these ways',
    given: isPrivate,
    type: 'Microsoft.Network/privateDnsZones',
    path: 'name',
    stands: services.map((service) => `privatelink.${service}.<environment().suffixes.storage>`),
    breaks: [[`name: 'privatelink.$\{service}.`, "name: 'privatelink.blob."]],
  },
  {
    says: 'enters each of these ways among the names',
    given: isPrivate,
    type: 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
    path: 'properties.privateDnsZoneConfigs.0.properties.privateDnsZoneId',
    stands: services.map((_, i) => `<zones[${i}].id>`),
    breaks: [['privateDnsZoneId: zones[i].id', 'privateDnsZoneId: zones[0].id']],
  },
  {
    says: 'lets the network know these names',
    given: isPrivate,
    type: 'Microsoft.Network/privateDnsZones/virtualNetworkLinks',
    path: 'parent',
    stands: services.map((_, i) => `<zones[${i}]>`),
    breaks: [['parent: zones[i]', 'parent: zones[0]']],
  },
];

const publicly: readonly Choice[] = [
  {
    says: 'lets a public storage be reached',
    given: {},
    ...account,
    path: 'properties.publicNetworkAccess',
    stands: ['Enabled'],
    breaks: [["isPrivate ? 'Disabled' : 'Enabled'", "'Disabled'"]],
  },
  {
    says: 'has the firewall of a public storage let all in, by identity',
    given: {},
    ...account,
    path: 'properties.networkAcls',
    stands: [{ bypass: 'AzureServices', defaultAction: 'Allow' }],
    breaks: [["isPrivate ? 'Deny' : 'Allow'", "'Deny'"]],
  },
  {
    says: 'puts the app into no network unless asked to',
    given: {},
    ...subnet,
    stands: [null],
    breaks: [['empty(subnetId) ? null : subnetId', 'subnetId']],
  },
  {
    says: 'makes no private endpoint unless asked to',
    given: {},
    ...endpoints,
    stands: [],
    breaks: [["'app/network.bicep' = if (vnetEnabled)", "'app/network.bicep' = if (true)"]],
  },
];

export const networkChoices: readonly Choice[] = [...privately, ...publicly];
