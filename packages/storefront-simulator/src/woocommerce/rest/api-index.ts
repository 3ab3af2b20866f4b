import { endpointForAll } from './endpoint.ts';
import { restOk } from './rest-error.ts';

const CORE = ['oembed/1.0', 'wc/v3', 'wc/store', 'wc/store/v1', 'wp/v2'];

/** GET /wp-json/: what a shop offers, to anybody. The routes themselves are left out. */
export const getIndex = endpointForAll((store) =>
  restOk({
    name: 'Test shop',
    description: '',
    url: store.settings.homeUrl,
    home: store.settings.homeUrl,
    gmt_offset: '0',
    timezone_string: '',
    namespaces: store.settings.hasPlugin ? [...CORE, 'wc-gatewright/v1'] : CORE,
    authentication: [],
    routes: {},
  }),
);
