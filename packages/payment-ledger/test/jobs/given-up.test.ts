import { openTempLedger } from '../temp-ledger.ts';
import { describeGivenUp } from './describe-given-up.ts';

describeGivenUp('SQLite', () => openTempLedger());
