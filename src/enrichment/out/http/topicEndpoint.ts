/**
 * Where a topic takes events.
 *
 * @throws Error that says what would be right; without TLS only this machine is taken
 */
export const readTopicEndpoint = (text: string): string => {
  if (!URL.canParse(text)) throw new Error(`is no address: ${howTo}`);
  const { protocol, hostname, username, password } = new URL(text);
  const isHere = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if ((protocol !== 'https:' && !isHere) || username !== '' || password !== '') {
    throw new Error(`must begin with https:// and a host: ${howTo}`);
  }
  return text;
};

const howTo =
  "write the topic's endpoint as its overview in the portal shows it, such as https://alerts.westeurope-1.eventgrid.azure.net/api/events";
