/**
 * Defender's own things, as its answers have them ("Machine resource type", "Get Machines security states collection API", and captured
 * answers, which show more). They are open: what Defender adds tomorrow is no fault. With `$select` any property may be missing.
 */
import * as z from 'zod';
import { shown } from './shown.ts';

const text = z.string().nullable().optional();
const instant = z.iso.datetime().nullable().optional();
const flag = z.boolean().nullable().optional();
const whole = z.int().nullable().optional();

const ipAddress = z.looseObject({
  ipAddress: shown(text, 'IP Address', 'IPv4 or IPv6; may be empty.'),
  macAddress: shown(text, 'MAC Address', '12 hexadecimal digits.'),
  type: shown(text, 'Interface Type', 'Such as Ethernet, Other, SoftwareLoopback.'),
  operationalStatus: shown(text, 'Interface Status', 'Up or Down.'),
});

const vmMetadata = z.looseObject({
  vmId: shown(text, 'VM Id', 'Of the virtual machine, by its provider.'),
  cloudProvider: shown(text, 'Cloud Provider', 'Such as Azure.'),
  resourceId: shown(text, 'Resource Id', 'Of the virtual machine, in its cloud.'),
  subscriptionId: shown(text, 'Subscription Id', 'That the virtual machine belongs to.'),
});

// biome-ignore format: it is a table
export const machine = shown(z.looseObject({
  '@odata.context': shown(z.string().optional(), 'Context', 'OData: what it is, where it comes by itself.', 'internal'),
  id: shown(z.string().optional(), 'Machine Id', '40 hexadecimal digits.'),
  mergedIntoMachineId: shown(text, 'Merged Into Machine Id', 'The record that stands for this one now.'),
  isPotentialDuplication: shown(flag, 'Is Potential Duplicate', 'Whether Defender takes it for a duplicate.'),
  isExcluded: shown(flag, 'Is Excluded', 'Whether it is excluded from vulnerability management.'),
  exclusionReason: shown(text, 'Exclusion Reason', 'Why it is excluded.'),
  computerDnsName: shown(text, 'Computer DNS Name', 'The full name, or the host name alone.'),
  firstSeen: shown(instant, 'First Seen', 'When Defender first saw it.'),
  lastSeen: shown(instant, 'Last Seen', 'When it last made a full report, which it does about once a day.'),
  osPlatform: shown(text, 'OS Platform', 'Such as Windows11, WindowsServer2019, Ubuntu, macOS.'),
  osVersion: shown(text, 'OS Version', 'Mostly null; see OS Build.'),
  osProcessor: shown(text, 'OS Processor', 'Such as x64.'),
  osArchitecture: shown(text, 'OS Architecture', '32-bit or 64-bit.'),
  osBuild: shown(whole, 'OS Build', 'Null where it is not known.'),
  version: shown(text, 'Version', 'As it is sold: 22H2.'),
  lastIpAddress: shown(text, 'Last IP Address', 'Of its own interfaces.'),
  lastExternalIpAddress: shown(text, 'Last External IP Address', 'From which it was last seen on the internet.'),
  agentVersion: shown(text, 'Agent Version', 'Of the sensor.'),
  healthStatus: shown(text, 'Health Status', 'Active, Inactive, ImpairedCommunication, NoSensorData, NoSensorDataImpairedCommunication or Unknown.'),
  deviceValue: shown(text, 'Device Value', 'Normal, Low or High.'),
  rbacGroupId: shown(whole, 'Device Group Id', '0 where it is in none.'),
  rbacGroupName: shown(text, 'Device Group Name', 'Null where it is in none.'),
  riskScore: shown(text, 'Risk Score', 'None, Informational, Low, Medium or High.'),
  exposureLevel: shown(text, 'Exposure Level', 'None, Low, Medium or High.'),
  isAadJoined: shown(flag, 'Is Entra Joined', 'Whether it is joined to Entra.'),
  aadDeviceId: shown(text, 'Entra Device Id', 'Its id in Entra.'),
  machineTags: shown(z.array(z.string()).nullable().optional(), 'Machine Tags', 'As they were set in Defender.'),
  defenderAvStatus: shown(text, 'Antivirus Status', 'Of older answers only.'),
  onboardingStatus: shown(text, 'Onboarding Status', 'Onboarded, CanBeOnboarded, Unsupported or InsufficientInfo.'),
  managedBy: shown(text, 'Managed By', 'Such as Intune, MicrosoftDefenderForEndpoint, Unknown.'),
  managedByStatus: shown(text, 'Managed By Status', 'Such as Success, Unknown.'),
  ipAddresses: shown(z.array(ipAddress).nullable().optional(), 'IP Addresses', 'Of all its interfaces.'),
  vmMetadata: shown(vmMetadata.nullable().optional(), 'VM Metadata', 'Of a virtual machine in a cloud.'),
}), 'Machine', 'A machine, as Defender sent it.');

/** Where there may be none. */
export const machineOrNone = shown(
  machine.nullable(),
  'Machine',
  'The whole record, where the match is exact; else null.',
);

// biome-ignore format: it is a table
export const securityState = shown(z.looseObject({
  id: shown(z.string().optional(), 'Machine Id', '40 hexadecimal digits.'),
  build: shown(whole, 'Build', 'Of its operating system.'),
  revision: shown(whole, 'Revision', 'Of its operating system.'),
  architecture: shown(text, 'Architecture', 'Amd64, X86 or Arm64.'),
  osVersion: shown(text, 'OS Version', 'Such as 10.0.22631.4338.'),
  propertiesRequireAttention: shown(z.array(z.string()).optional(), 'Properties That Require Attention', 'Such as AntivirusNotReporting, EdrImpairedCommunications.'),
}), 'Security State', 'The security state of a machine.');

/** A list of Defender's. */
const listOf = <T extends z.ZodType>(row: T, title: string, description: string) =>
  z.looseObject({
    '@odata.context': shown(z.string().optional(), 'Context', 'OData: what the list is of.', 'internal'),
    '@odata.count': shown(
      z.int().optional(),
      'Count',
      'How many there are in all, where it was asked for or is known.',
    ),
    '@odata.nextLink': shown(z.string().optional(), 'Next Link', 'Where the next page is; missing on the last one.'),
    value: shown(z.array(row), title, description),
  });

export const machineList = listOf(machine, 'Machines', 'Those of this page.');
export const securityStateList = listOf(securityState, 'Security States', 'Those of this page.');
