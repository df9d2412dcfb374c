/**
 * An empty table whose keys are names that somebody wrote: a territory may be called `constructor`, and finds nothing
 * there that was not put in.
 */
export const byName = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
