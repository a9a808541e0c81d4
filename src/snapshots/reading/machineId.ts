import { type Refusal, refused, shown } from './refusal.ts';

/** Reads a machine's id, letters of any case: 40 hexadecimal digits in all answers ("Machine resource type" says no more than that it is text). */
export const readMachineId = (written: string): { readonly kind: 'id'; readonly id: string } | Refusal => {
  const id = written.trim().toLowerCase();
  if (/^[0-9a-f]{40}$/.test(id)) return { kind: 'id', id };
  const fault = /^[0-9a-f]+$/.test(id) ? `it has ${id.length} digits` : `${shown(written)} is none`;
  return refused(
    400,
    `id: ${fault}; a machine id is 40 hexadecimal digits. Which machine a name or an address means is told by GET /gateway/machines/resolve`,
  );
};
