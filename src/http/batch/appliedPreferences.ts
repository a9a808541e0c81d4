const continuing = /^\s*(?:odata\.)?continue-on-error\s*(?:=\s*"?true"?\s*)?$/i;

/**
 * `Preference-Applied` of a batch: its wait, where one was asked, and `continue-on-error`, where that was; it is what a batch does
 * always, so `continue-on-error=false` is left out.
 *
 * @param applied what `Preference-Applied` says so far
 */
export const appliedPreferences = (prefer: string | null, applied?: string): Readonly<Record<string, string>> => {
  const isContinuing = (prefer ?? '').split(/[,;]/).some((preference) => continuing.test(preference));
  const all = [applied, isContinuing ? 'continue-on-error' : undefined].filter((one) => one !== undefined);
  return all.length === 0 ? {} : { 'preference-applied': all.join(', ') };
};
