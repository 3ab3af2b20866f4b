export { describeLedger } from './ledger/describe-ledger.ts';
export type { OpenedLedger, OpenLedger } from './ledger/open-ledger.ts';
export * from './ledger/sample-rows.ts';
