import { useTempLedger } from '../postgres/temp-database.ts';
import { describePaymentPages } from './describe-payment-pages.ts';

describePaymentPages('PostgreSQL', useTempLedger());
