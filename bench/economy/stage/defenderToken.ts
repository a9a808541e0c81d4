/** A token for Defender, from the identity that the gateway uses. @throws when it gives none */
export const defenderToken = async (
  endpoint: string,
  { IDENTITY_HEADER: header = '' }: Readonly<Record<string, string>>,
): Promise<string> => {
  const query = new URLSearchParams({ 'api-version': '2019-08-01', resource: defenderResource });
  const response = await fetch(`${endpoint}?${query}`, { headers: { 'x-identity-header': header } });
  const said = await response.text();
  if (!response.ok) throw new Error(`the identity gave no token: ${response.status} ${said}`);
  return (JSON.parse(said) as { access_token: string }).access_token;
};

/** Of `DEFENDER_SCOPE`'s default. */
const defenderResource = 'https://api.securitycenter.microsoft.com';
