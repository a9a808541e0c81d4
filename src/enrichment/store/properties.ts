/** Of a row, besides its keys. */
export type Properties = Readonly<Record<string, string | number>>;
