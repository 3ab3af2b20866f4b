import { gatewayById, type RegisteredGateway } from '@gatewright/payment-core';

export const gatewayNamed = (id: string): RegisteredGateway => {
  const gateway = gatewayById(id);
  if (!gateway) throw new Error(`no adapter for ${id}`);
  return gateway;
};
