import { type DestinationStream, type Logger, pino } from 'pino';
import { standardOutput } from './standard-output.ts';

/** Names under which a secret could come into a log line: headers of every gateway and of this wire, keys, tokens. */
const secretNames = [
  'authorization',
  'cookie',
  'gatewright-signature',
  'x-wc-webhook-signature',
  'crypto-pay-api-token',
  'rocket-pay-key',
  'x-gateway-merchant-key',
  'consumerKey',
  'consumerSecret',
  'consumer_key',
  'consumer_secret',
  'webhookSecret',
  'secret',
  'token',
  'apiKey',
  'api_key',
  'password',
  'code',
  'config',
] as const;

const paths = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
}

/** Nothing but kind, text and stack: what else an error carries (a request, a configuration) stays out of the log. */
const plainError = (error: unknown): LoggedError =>
  error instanceof Error
    ? { type: error.name, message: error.message, stack: error.stack }
    : { type: typeof error, message: 'not an Error' };

export interface LogSettings {
  readonly level: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** One JSON line per event. No bodies, no query strings, no header is ever logged; redaction is the second fence. */
export const createLog = ({ level, destination = standardOutput() }: LogSettings): Logger =>
  pino(
    {
      level,
      base: null,
      redact: { paths: [...paths], censor: '[redacted]' },
      serializers: { err: plainError, error: plainError },
    },
    destination,
  );

/** All fields are the bridge's own: an id it made, a method node knows, a route's pattern, numbers. */
export interface AnsweredRequest {
  readonly reqId: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/**
 * Writes one line per answer. Only this shape comes in, so these lines are not looked through for secrets, which takes
 * longer than all else about them; every other line of `log` is.
 */
export const accessLog = (log: Logger): ((answered: AnsweredRequest) => void) => {
  const unredacted = log.child({}, { redact: [] });
  return ({ reqId, method, route, status, ms }) =>
    unredacted.info({ reqId, method, route, status, ms }, 'answered');
};
