/** Fences as keys of the table service, in the order of the ids between them. */
import { keyOf, textOfKey } from '../../storage/keys.ts';
import { lastFence } from '../stateStore.ts';

/** Sorts behind the keys of all ids, whatever their characters. */
const lastFenceKey = '~~';

export const fenceKey = (fence: string): string => (fence === lastFence ? lastFenceKey : keyOf(fence));

export const fenceOfKey = (key: string): string => (key === lastFenceKey ? lastFence : textOfKey(key));
