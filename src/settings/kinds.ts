/** The kinds of values that settings have; each says what would be right. */
import * as z from 'zod/mini';

/** A text that `parse` reads, or says what is wrong with. */
export const readBy = <T>(parse: (text: string) => T) =>
  z.pipe(
    z.string(),
    z.transform((text: string, context): T => {
      try {
        return parse(text);
      } catch (fault) {
        const message = fault instanceof Error ? fault.message : String(fault);
        context.issues.push({ code: 'custom', message, input: text });
        return z.NEVER;
      }
    }),
  );

export const isLoopback = (text: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname);

/** A scheme, a host, perhaps a port: paths are in `defender/calls.ts`. */
export const baseUrl = readBy((text) => {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) {
    throw new Error('write an address such as https://api.security.microsoft.com');
  }
  const address = text.replace(/\/+$/, '');
  const { pathname, search } = new URL(address);
  if (pathname !== '/' || search !== '') throw new Error('write scheme and host only, without a path');
  if (!address.startsWith('https:') && !isLoopback(address)) {
    throw new Error('write https; http is taken on this machine only');
  }
  return address;
});

export const scope = z
  .string()
  .check(
    z.regex(
      /^\S+\/\.default$/,
      'write a resource and /.default, such as https://api.securitycenter.microsoft.com/.default',
    ),
  );
export const wholeNumber = (least: number, most: number) => {
  const message = `write a whole number from ${least} to ${most}`;
  return z.coerce.number(message).check(z.int(message), z.gte(least, message), z.lte(most, message));
};
/** NCRONTAB with seconds, as timers take it. */
export const schedule = z
  .string()
  .check(z.regex(/^\s*\S+(?:\s+\S+){5}\s*$/, 'write six fields, seconds first, such as 0 0 * * * * for each hour'));
/** Separated by white space or commas. */
export const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '');
export const optionalUrl = z.optional(z.url('write an address'));
/** With a path, perhaps. Whether http will do is for the checks to say. */
export const webAddress = readBy((text) => {
  if (!/^https?:/i.test(text) || !URL.canParse(text))
    throw new Error('write an address such as https://example.com/keys');
  return text;
});
export const optionalText = z.optional(z.string());
export const withDefault = z._default;
