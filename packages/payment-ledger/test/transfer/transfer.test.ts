import { sqlitePlace } from '../temp-ledger.ts';
import { describeTransfer } from './describe-transfer.ts';

describeTransfer('from SQLite to SQLite', sqlitePlace, sqlitePlace);
