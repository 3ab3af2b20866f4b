import type { AccountCheck, CreateOutcome } from '../gateways/gateway.ts';
import { minutes } from '../identity/clock.ts';
import type { AccountId } from '../identity/identity.ts';

export type AccountTrouble = 'account-refused' | 'gateway-unreachable';

/** What a call showed about its account: it was answered, its credentials were refused, or nothing came back. */
export type Showing = 'answered' | 'credentials-refused' | 'silent';

/** What this process has learnt about accounts from its own calls; kept in memory, forgotten after minutes. */
export interface AccountHealth {
  /** @param now ms */
  learn(account: AccountId, showing: Showing, now: number): void;
  /** Why shoppers should not be offered this account at `now`. */
  troubleOf(account: AccountId, now: number): AccountTrouble | undefined;
}

const refusedForMs = minutes(3);
const silentForMs = minutes(1);
/** One lost answer is no outage. */
const silencesInARow = 3;

interface Record {
  readonly silences: number;
  readonly trouble: AccountTrouble | undefined;
  readonly until: number;
}

const silentOnce: Record = { silences: 1, trouble: undefined, until: 0 };

const afterSilence = (before: Record | undefined, now: number): Record => {
  if (before === undefined) return silentOnce;
  const silences = before.silences + 1;
  // A refusal says more than a silence.
  if (before.trouble === 'account-refused' && now < before.until) return { ...before, silences };
  return silences < silencesInARow
    ? { silences, trouble: undefined, until: 0 }
    : { silences, trouble: 'gateway-unreachable', until: now + silentForMs };
};

/** Only accounts in trouble take memory; an answer clears them. */
export const createAccountHealth = (): AccountHealth => {
  const records = new Map<AccountId, Record>();
  return {
    learn(account, showing, now) {
      switch (showing) {
        case 'answered':
          records.delete(account);
          return;
        case 'credentials-refused':
          records.set(account, { silences: 0, trouble: 'account-refused', until: now + refusedForMs });
          return;
        case 'silent':
          records.set(account, afterSilence(records.get(account), now));
          return;
        default: {
          const never: never = showing;
          return never;
        }
      }
    },
    troubleOf(account, now) {
      const record = records.get(account);
      return record !== undefined && now < record.until ? record.trouble : undefined;
    },
  };
};

/** The words by which the adapters name a 401 or 403, or another app's token; any other refusal is about the invoice. */
const credentialReasons: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'api-key-refused',
  'app-id-mismatch',
]);

export const shownByCreate = (outcome: CreateOutcome): Showing => {
  switch (outcome.outcome) {
    case 'created':
      return 'answered';
    case 'refused':
      return credentialReasons.has(outcome.reason) ? 'credentials-refused' : 'answered';
    case 'ambiguous':
    case 'unavailable':
      return 'silent';
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

/** A check asks for nothing that could be refused but the credentials. */
export const shownByCheck = (check: AccountCheck): Showing => {
  switch (check.outcome) {
    case 'ok':
      return 'answered';
    case 'refused':
      return 'credentials-refused';
    case 'unavailable':
      return 'silent';
    default: {
      const never: never = check;
      return never;
    }
  }
};
