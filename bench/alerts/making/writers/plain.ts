import { json, type Writer } from '../writer.ts';

/** The alert's id and no more, with its machine where that is known. */
export const plain: Writer = {
  name: 'plain',
  most: 1,
  tellsTime: false,
  contentType: json,
  write: ([alert]) => alert && { alertId: alert.id, ...(alert.machineId && { machineId: alert.machineId }) },
};
