export { type Background, everyInterval, startBackground } from './background/background.ts';
export { readKeys } from './env/keys.ts';
export { readPublicUrl } from './env/public-url.ts';
export { type RateReadings, type RateSettings, readRates } from './env/rates.ts';
export {
  type Fault,
  fault,
  findingsOf,
  type Reading,
  type ReadText,
  textsOf,
  type Variables,
} from './env/reading.ts';
export { readLogLevel, readPort, readSwitch } from './env/scalars.ts';
export { readTrustedProxies, trustedBy, trustedProxiesSchema } from './env/trusted-proxies.ts';
export {
  type GatewayField,
  type GatewayForm,
  gatewayForms,
} from './gateway-forms/gateway-forms.ts';
export { readAccountForm } from './gateway-forms/read-account-form.ts';
export { type Readiness, readiness } from './health/readiness.ts';
export { type AnsweredRequest, accessLog, createLog, type LogSettings } from './log/log.ts';
export { measuredHandler, measuredTell } from './metrics/measured.ts';
export {
  createMetrics,
  type HttpObservation,
  type Metrics,
  type WebhookObservation,
} from './metrics/metrics.ts';
export { createFailureLimit, type FailureLimit } from './operator-api/failure-limit.ts';
export {
  createOperatorApi,
  type OperatorApi,
  type OperatorApiParts,
  type OperatorRequest,
  type OperatorResponse,
  operatorBodyLimit,
  operatorPaths,
  problemResponse,
} from './operator-api/operator-api.ts';
export { createOutgoing, type Outgoing, type OutgoingParts } from './outgoing/outgoing.ts';
export {
  askTheShop,
  bodyTooLarge,
  type Problem,
  problemBody,
  problemMediaType,
  routeUnknown,
} from './problem/problem.ts';
export { createRates, type RatesParts } from './rates/rates.ts';
export { CannotStart } from './service/cannot-start.ts';
export { type RunningService, runService, type ServiceParts } from './service/run-service.ts';
