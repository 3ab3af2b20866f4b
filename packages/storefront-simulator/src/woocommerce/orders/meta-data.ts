import type { Json } from '../store/php-json.ts';
import type { Meta } from './order.ts';

export interface MetaChange {
  readonly id?: number | undefined;
  readonly key?: string | undefined;
  readonly value?: Json | undefined;
}

const isTarget = (meta: Meta, change: MetaChange): boolean =>
  change.id !== undefined && change.id !== 0 ? meta.id === change.id : meta.key === change.key;

/** Upserts by id or key; a null value deletes (woocommerce.md 5.6). New entries keep id 0 until they are saved. */
export const applyMeta = (metaData: readonly Meta[], changes: readonly MetaChange[]): readonly Meta[] =>
  changes.reduce<readonly Meta[]>((current, change) => {
    const old = current.find((meta) => isTarget(meta, change));
    const others = current.filter((meta) => !isTarget(meta, change));
    const key = change.key ?? old?.key;
    const value = change.value ?? null;
    if (value === null || key === undefined) return others;
    const written = { id: old?.id ?? 0, key, value };
    return old === undefined ? [...others, written] : current.map((meta) => (meta === old ? written : meta));
  }, metaData);
