/**
 * Alert ids in every shape that Defender for Endpoint has been seen to use. The digits are .NET ticks of the
 * creation time, the second part is a signed 32-bit number.
 */
import { dotnetTicks } from './instant.ts';
import { below, guid, type Random } from './random.ts';

export const alertIdShapes = [
  'prefixed',
  'negative',
  'bare',
  'prefixedGuid',
  'customDetectionGuid',
  'customDetection',
  'bareGuid',
  'numberedGuid',
] as const;

export type AlertIdShape = (typeof alertIdShapes)[number];

/** An alert id of that shape; the instant is milliseconds since 1970 and the 100 ns below them. */
export const alertId = (shape: AlertIdShape, numbers: Random, milliseconds: number, ticks: number): string => {
  const time = dotnetTicks(milliseconds, ticks);
  const number = below(numbers, 2_147_483_648);
  const unique = guid(numbers);
  const ids: Readonly<Record<AlertIdShape, string>> = {
    prefixed: `da${time}_${number}`,
    negative: `da${time}_-${number}`,
    bare: `${time}_${number}`,
    prefixedGuid: `da${unique}`,
    customDetectionGuid: `ed${unique}`,
    customDetection: `ed${time}_-${number}`,
    bareGuid: `${unique}_1`,
    numberedGuid: `da${unique}_1`,
  };
  return ids[shape];
};

const guidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const patterns: Readonly<Record<AlertIdShape, RegExp>> = {
  prefixed: /^da\d+_\d+$/,
  negative: /^da\d+_-\d+$/,
  bare: /^\d+_\d+$/,
  prefixedGuid: new RegExp(`^da${guidPattern}$`),
  customDetectionGuid: new RegExp(`^ed${guidPattern}$`),
  customDetection: /^ed\d+_-\d+$/,
  bareGuid: new RegExp(`^${guidPattern}_1$`),
  numberedGuid: new RegExp(`^da${guidPattern}_1$`),
};

/** Whether an alert id has that shape. */
export const isOfShape = (id: string, shape: AlertIdShape): boolean => patterns[shape].test(id);
