import type { RegisteredGateway } from '../../../src/gateways/registry.ts';
import type { WebhookVerdict } from '../../../src/gateways/webhook.ts';
import type { Input } from '../input/input.ts';
import type { Issued } from '../input/issued.ts';
import type { Subject } from '../subjects/subject.ts';
import { checkFacts } from './facts.ts';
import { capMs, timed } from './timed.ts';
import type { Fault } from './violation.ts';

export interface Judgement {
  readonly faults: readonly Fault[];
  /** Undefined when it threw. */
  readonly verdict: WebhookVerdict | undefined;
  readonly ms: number;
}

interface Case {
  readonly subject: Subject;
  readonly gateway: RegisteredGateway;
  readonly input: Input;
  readonly issued: Issued;
  /** Nothing was done to it that makes it less genuine: a refusal is a fault. */
  readonly unspoilt: boolean;
  readonly now: () => number;
}

const told = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : 'not an Error';

/** What the request may be, by what this fuzzer has signed and by the gateway's document. */
const standingOf = ({ subject, input, issued }: Case): 'acceptable' | 'signed' | 'foreign' => {
  const account = subject.accounts[input.account];
  const claim = account && subject.claim(account, input);
  if (!account || !claim || !issued.has(account.key, claim.mac, claim.message)) return 'foreign';
  return claim.fits() ? 'acceptable' : 'signed';
};

const judge = (tried: Case, verdict: WebhookVerdict): readonly Fault[] => {
  const standing = standingOf(tried);
  if (verdict.ok) {
    if (standing === 'acceptable') return checkFacts(tried.subject, tried.input, verdict);
    return [{ kind: 'accepted-unsigned', detail: `the request is ${standing}` }];
  }
  const faults: Fault[] = [];
  if (verdict.hint && standing === 'foreign') faults.push({ kind: 'hint-unsigned', detail: verdict.reason });
  if (tried.unspoilt && standing === 'acceptable')
    faults.push({ kind: 'refused-genuine', detail: `${verdict.layer}: ${verdict.reason}` });
  return faults;
};

/** One request against every promise of `receiveWebhook`. */
export const check = (tried: Case): Judgement => {
  const { subject, gateway, input, now } = tried;
  const { headers, body, receivedAt } = input;
  const config = subject.accounts[input.account]?.config;
  const receive = (): WebhookVerdict => gateway.receiveWebhook(config, { headers, body, receivedAt });
  try {
    const { value: verdict, ms } = timed(now, receive);
    const faults = [...judge(tried, verdict)];
    if (ms > capMs) faults.push({ kind: 'slow', detail: `above ${capMs} ms in every try` });
    if (verdict.ok && JSON.stringify(receive()) !== JSON.stringify(verdict))
      faults.push({ kind: 'not-pure', detail: 'the second answer differs from the first' });
    return { faults, verdict, ms };
  } catch (error) {
    return { faults: [{ kind: 'threw', detail: told(error) }], verdict: undefined, ms: 0 };
  }
};
