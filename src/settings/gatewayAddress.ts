/** Where callers find the gateway: as the settings say, else by the name that the platform gave it. */
export const gatewayAddress = ({
  GATEWAY_URL,
  WEBSITE_HOSTNAME,
}: {
  readonly GATEWAY_URL?: string | undefined;
  readonly WEBSITE_HOSTNAME?: string | undefined;
}): string | undefined => GATEWAY_URL ?? (WEBSITE_HOSTNAME === undefined ? undefined : `https://${WEBSITE_HOSTNAME}`);
