import { sqlitePlace } from '../temp-ledger.ts';
import { describeOperators } from './describe-operators.ts';
import { describeVault } from './describe-vault.ts';

describeVault('SQLite', sqlitePlace);
describeOperators('SQLite', sqlitePlace);
