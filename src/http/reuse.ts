/**
 * What whoever keeps an answer after us may do with it. `max-age` is its whole life, of which `Age` is over (RFC 9111, section 4.2):
 * a cache behind us finds it fresh for as long as we do, and stale when we do. Always `private`: who may ask is known by the key.
 */

/**
 * @param age seconds since Defender was asked; undefined where that was for this very request, which an answer with `Age` is not
 * @param freshFor seconds for which it is fresh here; negative where it is stale
 */
export const reusable = (age: number | undefined, freshFor: number): Readonly<Record<string, string>> => {
  // Rounded so that it never looks younger than it is, and what is left is never more than what is left here.
  const spent = age === undefined ? undefined : Math.max(0, Math.ceil(age));
  const life = Math.max(0, (spent ?? 0) + Math.floor(freshFor));
  return { ...(spent === undefined ? {} : { age: String(spent) }), 'cache-control': `private, max-age=${life}` };
};

/** Not kept here, so it is not fresh a moment later; it may be kept for its entity tag, and confirmed with that. */
export const reusableIfConfirmed: Readonly<Record<string, string>> = { 'cache-control': 'private, no-cache' };

/** An error: the next call may go well. */
export const notReusable: Readonly<Record<string, string>> = { 'cache-control': 'no-store' };
