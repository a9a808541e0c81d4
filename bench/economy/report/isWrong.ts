/** Whether an answer of the lookups was not Defender's, with one process or with two. */
export const isWrong = ({ forEach }: Readonly<Record<string, unknown>>): boolean => {
  if (!forEach) return false;
  const { wrong, twoProcesses } = forEach as { wrong?: object; twoProcesses?: { wrong?: object } };
  return wrong !== undefined || twoProcesses?.wrong !== undefined;
};
