import { gatewayById, type RegisteredGateway, type WebhookLayer } from '@gatewright/payment-core';
import { type Answer, printedFact } from './answer.ts';
import { matchFact } from './match.ts';
import { plainJson } from './plain-json.ts';
import { redactedHeaders } from './redact-config.ts';
import { type LineReading, readWebhookLine, type WebhookLine } from './webhook-line.ts';

const reject = (
  line: Pick<WebhookLine, 'id' | 'headers' | 'config'>,
  layer: WebhookLayer,
  reason: string,
): Answer => ({
  id: line.id,
  verdict: 'reject',
  reason,
  layer,
  redactedHeaders: redactedHeaders(line.headers, line.config),
});

const judge = (line: WebhookLine, gateway: RegisteredGateway): Answer => {
  const verdict = gateway.receiveWebhook(plainJson(line.config), {
    headers: line.headers,
    body: line.body,
    receivedAt: line.receivedAt,
  });
  if (!verdict.ok) return reject(line, verdict.layer, verdict.reason);
  return {
    id: line.id,
    verdict: 'accept',
    reason: verdict.ignored ?? 'accepted',
    layer: null,
    facts: verdict.facts.map((fact) => printedFact(fact, matchFact(line, fact, gateway))),
    dedupeKey: verdict.dedupeKey,
    redactedHeaders: redactedHeaders(line.headers, line.config),
  };
};

/** Answers what was read of a line. A line that is no webhook is rejected in the layer `config`, too long a one in `transport`. */
export const answerLine = (
  reading: LineReading,
  gatewayOf: (id: string) => RegisteredGateway | undefined = gatewayById,
): Answer => {
  if (!reading.ok) {
    return reject(reading, reading.reason === 'line-too-long' ? 'transport' : 'config', reading.reason);
  }
  const gateway = gatewayOf(reading.line.gateway);
  return gateway === undefined
    ? reject(reading.line, 'config', 'line-gateway-unknown')
    : judge(reading.line, gateway);
};

/**
 * The verdict of one line of `gatewright verify`: `accept` where the bridge would answer 2xx, `reject` where it would
 * answer 4xx or, for a configuration that cannot be used, nothing at all.
 */
export const verifyLine = (input: Uint8Array | string): Answer => answerLine(readWebhookLine(input));
