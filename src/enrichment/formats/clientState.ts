/** The secret of a Graph subscription, which comes with each change notification: what is kept and sent on does without it. */
import { isObject, type Members } from './members.ts';

/** Of one notification, or of a list of them; the same value where there is none. */
export const withoutClientState = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  if ('clientState' in value) return bare(value);
  const list = value.value;
  if (!Array.isArray(list) || !list.some((one) => isObject(one) && 'clientState' in one)) return value;
  return { ...value, value: list.map((one) => (isObject(one) ? bare(one) : one)) };
};

const bare = ({ clientState: _, ...others }: Members): Members => others;
