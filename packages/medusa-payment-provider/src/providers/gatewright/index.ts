import { ModuleProvider, Modules } from '@medusajs/framework/utils';
import { GatewrightProvider } from './service.ts';

export default ModuleProvider(Modules.PAYMENT, { services: [GatewrightProvider] });
