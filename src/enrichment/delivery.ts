/** What is still to be delivered: one result of an alert by one way. It is gone once it was delivered. */
export const channelNames = ['queue', 'eventGrid', 'webhook'] as const;
export type ChannelName = (typeof channelNames)[number];

export interface DeliveryId {
  /** Of the alert. */
  readonly key: string;
  /** Of the result. */
  readonly sequence: number;
  readonly channel: ChannelName;
}

export interface Delivery extends DeliveryId {
  /** Of the newest message that was sent for it. */
  readonly ticket: number;
  /** When it is next to be tried; milliseconds since 1970. */
  readonly due: number;
  readonly tries: number;
  /** When it was first tried; milliseconds since 1970, 0 before. */
  readonly triedSince: number;
  /** Why the last try failed. */
  readonly reason?: string | undefined;
  /** After a day of tries, or where the receiver refuses for good, it is left as it is. */
  readonly isGivenUp: boolean;
}
