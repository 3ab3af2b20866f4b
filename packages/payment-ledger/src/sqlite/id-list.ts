import type { PageId } from '@gatewright/payment-core';
import { type RawBuilder, sql } from 'kysely';

/** One parameter, however many ids: no limit of SQLite's, and one statement to keep. */
export const idList = (json: string): RawBuilder<PageId> => sql`(select value from json_each(${json}))`;
