import { describeGateway } from '../../src/gateway/describe-gateway.ts';
import { teleportPay } from './subjects/teleport-pay.ts';

describeGateway(teleportPay);
