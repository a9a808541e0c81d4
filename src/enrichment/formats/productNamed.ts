/**
 * Whether an event says that another product than Defender for Endpoint raised its alert. Names differ by feed: `Microsoft Defender for
 * Endpoint`, `microsoftDefenderForEndpoint`, `MicrosoftDefenderATP`. Of Defender XDR as a whole, which names itself for custom detections as
 * well, the id tells.
 */
import { textOf } from './members.ts';

/** Letters and digits only, in lower case. */
const notOthers = new Set([
  'microsoftdefenderforendpoint',
  'microsoftdefenderatp',
  'microsoftdefenderadvancedthreatprotection',
  'windowsdefenderatp',
  'windowsdefenderadvancedthreatprotection',
  'mdatp',
  'microsoft365defender',
  'microsoftdefenderxdr',
  'microsoftxdr',
  'microsoftthreatprotection',
  'unknown',
  'unknownfuturevalue',
]);

/** @param name as the event has it; undefined, too, where it says nothing of use */
export const productNamed = (name: unknown): 'other' | undefined => {
  const letters = textOf(name)
    ?.toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return letters === undefined || letters === '' || notOthers.has(letters) ? undefined : 'other';
};
