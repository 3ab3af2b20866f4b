import { openTempLedger } from '../temp-ledger.ts';
import { describeLeases } from './describe-leases.ts';

describeLeases('SQLite', () => openTempLedger());
