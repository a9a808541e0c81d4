/** A cookie as the library hands it to the host: the worker protocol's `RpcHttpCookie`. */
export interface RpcCookie {
  readonly name?: string;
  readonly value?: string;
  readonly domain?: { readonly value?: string };
  readonly path?: { readonly value?: string };
  readonly expires?: { readonly value?: { readonly seconds?: number } };
  readonly secure?: { readonly value?: boolean };
  readonly httpOnly?: { readonly value?: boolean };
  /** `none` says nothing; `explicitNone` is SameSite=None. */
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  readonly maxAge?: { readonly value?: number };
}

/** The `set-cookie` header as ASP.NET Core writes it: the value escaped, the path `/` unless one is given. */
export const setCookie = (cookie: RpcCookie): string => {
  const seconds = cookie.expires?.value?.seconds;
  const sameSite =
    cookie.sameSite === 'explicitNone' ? 'none' : cookie.sameSite === 'none' ? undefined : cookie.sameSite;
  return [
    `${cookie.name ?? ''}=${escapeData(cookie.value ?? '')}`,
    seconds === undefined ? undefined : `expires=${new Date(seconds * 1_000).toUTCString()}`,
    cookie.maxAge?.value === undefined ? undefined : `max-age=${Math.trunc(cookie.maxAge.value)}`,
    cookie.domain?.value ? `domain=${cookie.domain.value}` : undefined,
    `path=${cookie.path?.value ?? '/'}`,
    cookie.secure?.value ? 'secure' : undefined,
    sameSite ? `samesite=${sameSite}` : undefined,
    cookie.httpOnly?.value ? 'httponly' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join('; ');
};

const escapeData = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
