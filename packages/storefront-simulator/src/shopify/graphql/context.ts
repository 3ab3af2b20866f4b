import { GraphQLError } from 'graphql';
import type { Platform, ShopState } from '../store/platform.ts';
import { parseGid } from '../store/urls.ts';

/** What a mutation runs in: the token decides the shop and the scopes. */
export interface MutationContext {
  readonly platform: Platform;
  readonly shop: ShopState;
  readonly scopes: readonly string[];
}

/** @throws GraphQLError ACCESS_DENIED, as for any field whose scope the token lacks. */
export const requireScope = ({ scopes }: MutationContext, field: string, scope: string): void => {
  if (scopes.includes(scope)) return;
  throw new GraphQLError(`Access denied for ${field} field. Required access: \`${scope}\` access scope.`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess: `\`${scope}\` access scope.`,
    },
  });
};

/** The id inside a global id of this type; of another type it is unknown. @throws GraphQLError when it is none. */
export const idOf = (gid: string, type: string): string | undefined => {
  const parsed = parseGid(gid);
  if (parsed === undefined) throw new GraphQLError(`Invalid global id '${gid}'`);
  return parsed.type === type ? parsed.id : undefined;
};
