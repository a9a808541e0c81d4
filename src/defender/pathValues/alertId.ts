import { type PathValue, segment } from '../pathValue.ts';

/** An alert id, of any product and in either spelling: what Defender does not know is Defender's to say. */
export const alertId: PathValue = (written) => segment('an alert id', written);
