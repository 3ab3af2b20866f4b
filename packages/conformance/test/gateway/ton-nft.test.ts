import { describeGateway } from '../../src/gateway/describe-gateway.ts';
import { tonNft } from './subjects/ton-nft.ts';

describeGateway(tonNft);
