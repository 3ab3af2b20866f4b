export const nullableJson = (value: object | null): string | null =>
  value === null ? null : JSON.stringify(value);

/** For a zod schema to parse. @throws SyntaxError when the column holds no JSON: a damaged row. */
export const fromNullableJson = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
