/** Where a list by time goes on: the last row of the page before. */
export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,15})_(.{1,200})$/s;

export const cursorText = ({ createdAt, id }: Position): string => `${createdAt}_${id}`;

/** Undefined: the first page, also for a word that is no cursor. */
export const readCursor = (text: string | null): Position | undefined => {
  const [, createdAt, id] = CURSOR.exec(text ?? '') ?? [];
  return createdAt === undefined || id === undefined ? undefined : { createdAt: Number(createdAt), id };
};
