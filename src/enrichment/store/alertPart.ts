/** Which part of all alerts one is in: the same for ever, so a change here or of the number of parts loses sight of what is stored. */

export const usualParts = 16;

/** FNV-1a over the text's UTF-16 ("The FNV Non-Cryptographic Hash Algorithm"). @returns 0 to `parts - 1` */
export const partOf = (key: string, parts: number): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % parts;
};
