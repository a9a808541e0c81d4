/** The same reading with a memory: of a body that several wait for, or that is kept, what it says is made out once. */
export const readOnce = <T extends object>(read: (body: Uint8Array) => T): ((body: Uint8Array) => T) => {
  const known = new WeakMap<Uint8Array, T>();
  return (body) => {
    const made = known.get(body) ?? read(body);
    known.set(body, made);
    return made;
  };
};
