import { useTempLedger } from '../postgres/temp-database.ts';
import { describeGivenUp } from './describe-given-up.ts';

describeGivenUp('PostgreSQL', useTempLedger());
