/** Medusa's `query` of the app container, as far as it is used here; what it answers is parsed. */
export interface ShopQuery {
  graph(ask: {
    readonly entity: string;
    readonly fields: string[];
    readonly filters?: Record<string, unknown>;
  }): Promise<{ data: unknown }>;
}

/** Medusa's workflow engine: core's workflows are run by their ids, so that no second copy of them is loaded. */
export interface ShopWorkflows {
  run(
    id: string,
    options: { readonly input: unknown; readonly throwOnError: false },
  ): Promise<{ readonly errors?: unknown }>;
}

/** A running Medusa server, seen from its own process. */
export interface Shop {
  readonly query: ShopQuery;
  readonly workflows: ShopWorkflows;
}

/** Anything that resolves by name: the app container, or the scope of a request. */
export interface Scope {
  resolve(name: string): unknown;
}

// Medusa registers both under these names at every start (ContainerRegistrationKeys.QUERY, Modules.WORKFLOW_ENGINE).
export const shopOf = (scope: Scope): Shop => ({
  query: scope.resolve('query') as ShopQuery,
  workflows: scope.resolve('workflows') as ShopWorkflows,
});
