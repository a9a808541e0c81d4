/** A number of 31 bits and a key of 22 in one, which a double holds exactly: a typed array of them sorts fast, and takes eight bytes for each. */

/** A key is below it. */
export const keyRoom = 4_194_304;
/** What goes before it is below that. */
export const rankRoom = 2_147_483_648;

export const pack = (rank: number, key: number): number => rank * keyRoom + key;

export const keyIn = (packed: number): number => packed % keyRoom;
