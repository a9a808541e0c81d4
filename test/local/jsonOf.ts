/** An answer's JSON, in the shape the test expects of it. */
export const jsonOf = async <T = Record<string, unknown>>(answer: Response | Promise<Response>): Promise<T> =>
  (await (await answer).json()) as T;
