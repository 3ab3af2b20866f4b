const replacer = (_key: string, value: unknown): unknown => {
  if (value instanceof Map || value instanceof Set) return [...value];
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  return value instanceof Error ? `${value.constructor.name}: ${value.message}` : value;
};

/** JSON that also shows maps, sets and errors, and of bytes only how many. */
export const jsonText = (value: unknown): string => JSON.stringify([value], replacer);
