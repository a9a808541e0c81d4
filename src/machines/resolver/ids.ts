/** Ids of machines, in lower case. What looks like another sort of id is told by its name: mixing them up is the usual mistake. */
import { isIP } from 'node:net';
import { type Read, wrong } from './read.ts';

const guidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Seen in all answers; "Machine resource type" says no more than that it is text. */
const machineIdForm = /^[0-9a-f]{40}$/;

/** An Entra device id, with or without braces. */
export const readAadDeviceId = (written: string): Read<string> => {
  const id = written
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/, '$1');
  if (id === '') return wrong('it is empty; write an Entra device id such as 80fe8ff8-2624-418e-9591-41f0491218f9');
  if (machineIdForm.test(id)) return wrong('it is an id of Defender’s; ask with machineId');
  if (!guidForm.test(id)) {
    return wrong(`${shown(id)} is no GUID; an Entra device id looks like 80fe8ff8-2624-418e-9591-41f0491218f9`);
  }
  if (/^[0-]+$/.test(id)) return wrong('it is all zeros, which stands for no device');
  return { kind: 'value', value: id };
};

export const readMachineId = (written: string): Read<string> => {
  const id = written.trim().toLowerCase();
  return machineIdForm.test(id) ? { kind: 'value', value: id } : wrong(machineIdFault(id));
};

const machineIdFault = (id: string): string => {
  if (id === '') return 'it is empty; a machine id is 40 hexadecimal digits';
  if (guidForm.test(id.replace(/[{}]/g, ''))) return 'it is a GUID; ask with aadDeviceId if it is an Entra device id';
  if (isIP(id) !== 0) return 'it is an address; ask with ipAddress';
  if (/^[0-9a-f]+$/.test(id)) return `it has ${id.length} digits; a machine id has 40, hexadecimal`;
  return `${shown(id)} is none: a machine id is 40 hexadecimal digits. For a name, ask with hostName`;
};

const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
