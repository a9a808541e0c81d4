/** Where callers find the gateway: as the settings say, else by the name that the platform gave it. */
export const gatewayAddress = ({
  GATEWAY_URL,
  WEBSITE_HOSTNAME,
}: {
  readonly GATEWAY_URL?: string | undefined;
  readonly WEBSITE_HOSTNAME?: string | undefined;
}): string | undefined => GATEWAY_URL ?? (WEBSITE_HOSTNAME === undefined ? undefined : `https://${WEBSITE_HOSTNAME}`);

/** The function app's name, where its host name tells: newer ones have a hash behind the name ("unique default hostname"), and are no help. */
export const appName = ({ WEBSITE_HOSTNAME }: { readonly WEBSITE_HOSTNAME?: string | undefined }): string | undefined =>
  /^([\w-]+)\.azurewebsites\.(?:net|us)$/i.exec(WEBSITE_HOSTNAME ?? '')?.[1];
