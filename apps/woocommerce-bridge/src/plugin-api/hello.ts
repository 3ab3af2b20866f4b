import { wireVersions } from '../wire/signature.ts';
import { answer } from './call.ts';
import { unixSeconds } from './fields.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

/** `GET /v1/hello`: proves the connection; which gateways the store has, in which mode, and our clock. */
export const hello =
  ({ ports, version }: PluginApi): PluginRoute =>
  async ({ store }) => {
    const accounts = await ports.directory.accountsOf(store.id);
    return answer({
      store: { id: store.id, name: store.name, url: store.url },
      mode: store.mode,
      gateways: accounts.flatMap((account) => {
        const gateway = ports.gateway(account.gateway);
        return gateway && account.enabled && account.mode === store.mode
          ? [{ account: account.id, gateway: gateway.id, title: gateway.title, methods: gateway.methods }]
          : [];
      }),
      version,
      versions: wireVersions,
      clock: unixSeconds(ports.clock.now()),
    });
  };
