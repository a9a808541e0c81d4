import { type PathValue, type PathValueResult, segment } from '../pathValue.ts';

/**
 * A machine's id, or its computer name as it is written ("Get machine by ID API" takes both). What Defender has under the same path
 * and is no machine is not relayed: it gets a 404 that says where to ask.
 */
export const machineIdOrName: PathValue = (written) => {
  const elsewhere = elsewhereOf(written);
  return elsewhere === undefined ? segment('a machine id', written) : notHere(written, elsewhere);
};

const elsewhereOf = (written: string): string | undefined => {
  if (/^findbyip\b/i.test(written)) {
    return 'ask GET /gateway/machines/resolve?ipAddress=10.0.0.1 for who has an address, or Defender itself for who had it';
  }
  if (/^findbytag\b/i.test(written)) return "ask GET /api/machines?$filter=machineTags/any(t: t eq 'the tag')";
  if (/^[^(),]+(,[^(),]*)+$/.test(written)) {
    return "for several, ask GET /api/machines?$filter=id in ('first','second'), or POST /api/$batch";
  }
  if (/^\$/.test(written) || exportCalls.has(written.toLowerCase()))
    return 'the gateway does not relay it; ask Defender itself';
  if (/[()=;]/.test(written))
    return 'no machine has such a name; the gateway does not relay functions, ask Defender itself';
  return undefined;
};

const notHere = (written: string, where: string): PathValueResult => ({
  kind: 'wrong',
  status: 404,
  code: 'ResourceNotFound',
  message: `${JSON.stringify(written.slice(0, 80))} is neither a machine id nor a computer name: ${where}`,
});

/** The assessments of vulnerability management that stand under `/api/machines/` ("Export assessment methods and properties"). */
const exportCalls: ReadonlySet<string> = new Set(
  [
    'BaselineComplianceAssessmentByMachine',
    'BaselineComplianceAssessmentExport',
    'BrowserExtensionsInventoryByMachine',
    'BrowserExtensionsInventoryExport',
    'CertificateAssessmentByMachine',
    'CertificateAssessmentExport',
    'HardwareFirmwareInventoryByMachine',
    'HardwareFirmwareInventoryExport',
    'InfoGatheringExport',
    'SecureConfigurationsAssessmentByMachine',
    'SecureConfigurationsAssessmentExport',
    'SoftwareInventoryByMachine',
    'SoftwareInventoryExport',
    'SoftwareInventoryNoProductCodeByMachine',
    'SoftwareInventoryNonCpeExport',
    'SoftwareVulnerabilitiesByMachine',
    'SoftwareVulnerabilitiesExport',
    'SoftwareVulnerabilityChangesByMachine',
  ].map((name) => name.toLowerCase()),
);
