import { describeGateway } from '../../src/gateway/describe-gateway.ts';
import { gatenoc } from './subjects/gatenoc.ts';

describeGateway(gatenoc);
