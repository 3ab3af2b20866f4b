import { describeGateway } from '../../src/gateway/describe-gateway.ts';
import { cryptoPaymentCenter } from './subjects/cryptopayment-center.ts';

describeGateway(cryptoPaymentCenter);
