import { type DocumentNode, type ExecutionResult, execute, GraphQLError, validate } from 'graphql';
import * as z from 'zod';
import type { ApiFault } from '../faults.ts';
import { type HttpCall, jsonAnswer, type Served, type ServedAnswer } from '../http/call.ts';
import type { GraphqlEntry } from '../journal.ts';
import type { Platform, ShopState } from '../store/platform.ts';
import { authenticate, type GraphqlBody, parseDocument, readBody } from './admission.ts';
import { MUTATION_POINTS, operationsOf, requestedCost } from './cost.ts';
import { rootValue } from './root.ts';
import { isPaymentsApiVersion, type PaymentsApiVersion, paymentsAppsSchema } from './schemas.ts';

const throttledError = new GraphQLError('Throttled', {
  extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
});

/** One call on its way through the endpoint. */
interface Running {
  readonly platform: Platform;
  readonly shop: ShopState;
  readonly scopes: readonly string[];
  readonly version: PaymentsApiVersion;
  readonly body: GraphqlBody;
  readonly document: DocumentNode;
}

const run = async ({
  platform,
  shop,
  scopes,
  version,
  body,
  document,
}: Running): Promise<ExecutionResult> => {
  const schema = paymentsAppsSchema(version);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors };
  return execute({
    schema,
    document,
    rootValue,
    contextValue: { platform, shop, scopes },
    variableValues: body.variables ?? {},
    operationName: body.operationName ?? undefined,
  });
};

const userErrorsOf = ({ data }: ExecutionResult): readonly string[] => {
  const withErrors = z.object({ userErrors: z.array(z.object({ message: z.string() })) });
  return Object.values(data ?? {}).flatMap((field) => {
    const parsed = withErrors.safeParse(field);
    return parsed.success ? parsed.data.userErrors.map(({ message }) => message) : [];
  });
};

const errorNames = ({ errors = [] }: ExecutionResult): readonly string[] =>
  errors.map(({ extensions, message }) => (typeof extensions.code === 'string' ? extensions.code : message));

interface Executed {
  readonly result: ExecutionResult;
  readonly executed: boolean;
}

const withCost = async (running: Running, throttled: boolean): Promise<Executed> => {
  const { budget } = running.shop;
  const requestedQueryCost = requestedCost(running.document);
  const cost = (actualQueryCost: number | null) => ({
    cost: { requestedQueryCost, actualQueryCost, throttleStatus: budget.status() },
  });
  if (throttled || !budget.take(requestedQueryCost)) {
    const answer: ExecutionResult = { errors: [throttledError], extensions: cost(null) };
    return { result: answer, executed: false };
  }
  const result = await run(running);
  const actual = userErrorsOf(result).length > 0 ? MUTATION_POINTS : requestedQueryCost;
  budget.giveBack(requestedQueryCost - actual);
  return { result: { ...result, extensions: cost(actual) }, executed: result.data !== undefined };
};

const faultAnswer = (fault: Exclude<ApiFault, { kind: 'throttled' }>): Served => {
  if (fault.kind === 'drop') return 'cut';
  if (fault.kind === 'hang') return 'hang';
  const headers: Record<string, string> = fault.status === 429 ? { 'retry-after': '2.0' } : {};
  return jsonAnswer(
    fault.status,
    { errors: fault.status === 429 ? 'Exceeded rate limit' : 'Internal Server Error' },
    headers,
  );
};

const statusOf = (served: Served): number | undefined =>
  typeof served === 'string' ? undefined : served.status;

const answerUnderFaults = async (
  running: Running,
  fault: ApiFault | undefined,
): Promise<{ served: Served } & Executed> => {
  if (fault !== undefined && fault.kind !== 'throttled' && fault.when === 'before-commit')
    return { served: faultAnswer(fault), result: {}, executed: false };
  const done = await withCost(running, fault?.kind === 'throttled');
  if (fault === undefined || fault.kind === 'throttled')
    return { served: jsonAnswer(200, done.result, { 'x-shopify-api-version': running.version }), ...done };
  return { served: faultAnswer(fault), ...done };
};

type Note = Pick<GraphqlEntry, 'operations' | 'variables' | 'status' | 'executed' | 'userErrors' | 'errors'>;

const nothingDone: Omit<Note, 'status'> = {
  operations: [],
  variables: null,
  executed: false,
  userErrors: [],
  errors: [],
};

const answer = async (
  platform: Platform,
  shop: ShopState,
  version: string,
  call: HttpCall,
): Promise<{ served: Served; note: Note }> => {
  const refuse = (served: ServedAnswer, note = nothingDone) => ({
    served,
    note: { ...note, status: served.status },
  });
  if (!isPaymentsApiVersion(version)) return refuse(jsonAnswer(404, { errors: 'Not Found' }));
  const allowed = authenticate(platform, shop, call);
  if (!allowed.ok) return refuse(allowed.answer);
  const body = readBody(call);
  if (body === undefined)
    return refuse(jsonAnswer(400, { errors: { query: 'Required parameter missing or invalid' } }));
  const document = parseDocument(body.query);
  if (document instanceof GraphQLError)
    return refuse(jsonAnswer(200, { errors: [document] }), { ...nothingDone, errors: [document.message] });
  const operations = operationsOf(document);
  const running = { platform, shop, scopes: allowed.scopes, version, body, document };
  const fault = platform.faults.takeApi('graphql', operations);
  const { served, result, executed } = await answerUnderFaults(running, fault);
  const note = {
    operations,
    variables: body.variables ?? null,
    status: statusOf(served),
    executed,
    userErrors: userErrorsOf(result),
    errors: errorNames(result),
  };
  return { served, note };
};

/** `POST /payments_apps/api/{version}/graphql.json` against Shopify's own schema of that version (rules 5 to 13). */
export const serveGraphql = async (
  platform: Platform,
  shop: ShopState,
  version: string,
  call: HttpCall,
): Promise<Served> => {
  const at = platform.clock.now();
  const { served, note } = await answer(platform, shop, version, call);
  platform.journal.push({ kind: 'graphql', at, shop: shop.domain, version, ...note });
  return served;
};
