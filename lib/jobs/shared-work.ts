/** Work that this process does under a name: whoever asks for the same meanwhile waits for the same. */
export function sharedWork<T>() {
  const underWay = new Map<string, Promise<T>>();
  return {
    find: (name: string): Promise<T> | undefined => underWay.get(name),
    join: (name: string, begin: () => Promise<T>): Promise<T> => {
      const work = underWay.get(name) ?? begin().finally(() => underWay.delete(name));
      underWay.set(name, work);
      return work;
    },
  };
}
