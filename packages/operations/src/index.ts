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
export { type AnsweredRequest, accessLog, createLog, type LogSettings } from './log/log.ts';
export { createOutgoing, type Outgoing, type OutgoingParts } from './outgoing/outgoing.ts';
export { createRates, type RatesParts } from './rates/rates.ts';
export { CannotStart } from './service/cannot-start.ts';
export { type RunningService, runService, type ServiceParts } from './service/run-service.ts';
