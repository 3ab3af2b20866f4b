import { describeLedger } from '@gatewright/conformance';
import { useTempLedger } from './temp-database.ts';

describeLedger('PostgreSQL', useTempLedger());
