import { usePostgresPlaces } from '../postgres/temp-database.ts';
import { describeOperators } from './describe-operators.ts';
import { describeVault } from './describe-vault.ts';

const openPlace = usePostgresPlaces();

describeVault('PostgreSQL', openPlace);
describeOperators('PostgreSQL', openPlace);
