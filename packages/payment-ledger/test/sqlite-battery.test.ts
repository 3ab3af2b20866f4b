import { describeLedger } from '@gatewright/conformance';
import { openTempLedger } from './temp-ledger.ts';

describeLedger('SQLite', () => openTempLedger());
