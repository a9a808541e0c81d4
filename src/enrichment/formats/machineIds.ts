/** Whether a text in lower case is a machine's id in Defender for Endpoint; a device id of another form is another product's. */
export const isMachineId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
