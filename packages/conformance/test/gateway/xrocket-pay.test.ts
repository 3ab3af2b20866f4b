import { describeGateway } from '../../src/gateway/describe-gateway.ts';
import { xRocketPay } from './subjects/xrocket-pay.ts';

describeGateway(xRocketPay);
