import { useTempLedger } from '../postgres/temp-database.ts';
import { describeLeases } from './describe-leases.ts';

describeLeases('PostgreSQL', useTempLedger());
