import { usePostgresPlaces } from '../postgres/temp-database.ts';
import { sqlitePlace } from '../temp-ledger.ts';
import { describeTransfer } from './describe-transfer.ts';

const postgresPlace = usePostgresPlaces();

describeTransfer('from SQLite to PostgreSQL', sqlitePlace, postgresPlace);
describeTransfer('from PostgreSQL to SQLite', postgresPlace, sqlitePlace);
