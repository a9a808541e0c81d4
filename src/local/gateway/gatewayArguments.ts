import { WrongArguments } from '../command.ts';

/** Which gateway a command is for. */
export type GatewayArguments =
  | {
      readonly kind: 'given';
      readonly url: string;
      readonly key?: string | undefined;
      readonly token?: string | undefined;
    }
  /** The one that `npm start` runs over a data folder. */
  | { readonly kind: 'here'; readonly data: string };

const text = { type: 'string' } as const;

/** For `parseArgs`. */
export const gatewayOptions = { url: text, key: text, token: text, data: text } as const;

interface Values {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly token?: string | undefined;
  readonly data?: string | undefined;
}

/** @param wantedKey what kind of key it has to be @throws WrongArguments */
export const gatewayArgumentsOf = ({ url, key, token, data }: Values, wantedKey: string): GatewayArguments => {
  if (url === undefined && key === undefined && token === undefined) return { kind: 'here', data: data ?? '.local' };
  if (url === undefined)
    throw new WrongArguments(`--${key ? 'key' : 'token'}: give --url too, of the gateway that it opens`);
  if (key === undefined && token === undefined) throw keyIsMissing(url, wantedKey);
  if (data !== undefined) throw onlyHere('data');
  return { kind: 'given', url: addressOf(url), key, token };
};

export const keyIsMissing = (url: string, wantedKey: string): WrongArguments =>
  new WrongArguments(`--url ${url}: give --key too, ${wantedKey} of that gateway`);

/** An argument that means nothing with `--url`. */
export const onlyHere = (name: string): WrongArguments =>
  new WrongArguments(`--${name}: it is for a gateway on this machine; leave it out with --url`);

const addressOf = (url: string): string => {
  if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) {
    throw new WrongArguments(`--url ${url}: give an address such as https://NAME.azurewebsites.net`);
  }
  return url.replace(/\/+$/, '');
};
