import type { PageId } from '@gatewright/payment-core';
import { type RawBuilder, sql } from 'kysely';

/** One parameter, however many ids: no limit of PostgreSQL's. */
export const idList = (json: string): RawBuilder<PageId> =>
  sql`(select value from json_array_elements_text(${json}::json))`;
