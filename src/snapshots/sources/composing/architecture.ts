/**
 * The architecture in the words of the documented example ("Get Machines security states collection API": `Amd64`), whichever list it comes
 * from, so that a change of source is not a change of the machine.
 *
 * @param processor `osProcessor`: `x64`
 * @param bits `osArchitecture`: `64-bit`
 * @returns what was sent, where it is none of those known
 */
export const architectureOf = (processor: string | null, bits: string | null): string | null =>
  byProcessor(processor) ?? byBits(bits) ?? bits ?? processor;

const byProcessor = (name: string | null): string | undefined => processors.get(name?.toLowerCase() ?? '');
const byBits = (name: string | null): string | undefined => widths.get(name?.toLowerCase() ?? '');

const processors = new Map([
  ['x64', 'Amd64'],
  ['amd64', 'Amd64'],
  ['x86', 'X86'],
  ['arm64', 'Arm64'],
]);

const widths = new Map([
  ['64-bit', 'Amd64'],
  ['32-bit', 'X86'],
]);
