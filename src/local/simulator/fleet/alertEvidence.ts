import { below, guid, hex, type Random } from './random.ts';

/** One flat shape with nulls for every kind of entity, and no device in it. */
export type AlertEvidence = Readonly<Record<string, string | number | null>>;

const keys = [
  'entityType',
  'evidenceCreationTime',
  'sha1',
  'sha256',
  'fileName',
  'filePath',
  'processId',
  'processCommandLine',
  'processCreationTime',
  'parentProcessId',
  'parentProcessCreationTime',
  'parentProcessFileName',
  'parentProcessFilePath',
  'ipAddress',
  'url',
  'registryKey',
  'registryHive',
  'registryValueType',
  'registryValue',
  'accountName',
  'domainName',
  'userSid',
  'aadUserId',
  'userPrincipalName',
  'detectionStatus',
] as const;

const nothing: AlertEvidence = Object.fromEntries(keys.map((key) => [key, null]));

/** A user and the process that he or she ran. */
export const evidenceOf = (numbers: Random, user: string, at: string): AlertEvidence[] => [
  {
    ...nothing,
    entityType: 'User',
    evidenceCreationTime: at,
    accountName: user,
    domainName: 'CONTOSO',
    userSid: `S-1-5-21-${below(numbers, 999_999_999)}-${below(numbers, 999_999_999)}-1104`,
    aadUserId: guid(numbers),
  },
  {
    ...nothing,
    entityType: 'Process',
    evidenceCreationTime: at,
    sha1: hex(numbers, 40),
    sha256: hex(numbers, 64),
    fileName: 'powershell.exe',
    filePath: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0',
    processId: 4 * below(numbers, 8000),
    processCommandLine: 'powershell.exe -NoProfile -Command "Get-Process"',
    processCreationTime: at,
    detectionStatus: 'Detected',
  },
];
