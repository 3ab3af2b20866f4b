import { describeGateway } from '../../src/gateway/describe-gateway.ts';
import { cryptoPay } from './subjects/crypto-pay.ts';

describeGateway(cryptoPay);
