import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { settingsView } from '../../../../admin-view/settings-view.ts';
import { engineOf } from '../../../../engine/engine-of.ts';

/** `settingsAnswer` */
export const GET = async (request: MedusaRequest, response: MedusaResponse): Promise<void> => {
  const check = request.query.check === 'true';
  response.set('cache-control', 'no-store').json(await settingsView(await engineOf(request.scope), check));
};
