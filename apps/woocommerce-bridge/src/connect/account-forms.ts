import { checkAccount } from '@gatewright/payment-core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accountAction, actOnAccount } from './accounts.ts';
import { sendOn } from './answer.ts';
import type { ConnectDesk, Visitor } from './connect-desk.ts';
import { type AccountEntered, addAccount, renewAccount } from './enter-account.ts';
import { formOf, sentForm } from './form-body.ts';
import type { Shown } from './pages.ts';

/** What is done with a form of the signed-in owner's, sent from the page that was made for it. */
export type FormAction = (
  visitor: Visitor,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<FastifyReply>;

export interface AccountForms {
  readonly desk: ConnectDesk;
  /** Answers with a problem who came by a pairing. */
  readonly onOperatorForm: (path: string, action: FormAction) => void;
  readonly showStore: (
    reply: FastifyReply,
    visitor: Visitor,
    extras: Shown,
    status?: number,
  ) => Promise<FastifyReply>;
}

const unknownAccount = 'This shop has no such account. Nothing was changed.';

/** Adding accounts, giving them new credentials, testing and switching them. */
export const registerAccountForms = ({ desk, onOperatorForm, showStore }: AccountForms): void => {
  const onCredentials = (
    path: string,
    enter: (visitor: Visitor, form: URLSearchParams) => Promise<AccountEntered>,
    done: string,
  ): void =>
    onOperatorForm(path, async (who, request, reply) => {
      const entered = await enter(who, sentForm(request));
      if (!entered.ok)
        return showStore(
          reply,
          who,
          'refusal' in entered ? { refusal: entered.refusal } : { problem: entered.problem },
          422,
        );
      const { id: account, gateway } = entered.account;
      request.log.warn({ store: who.store.id, account, gateway }, done);
      const findings = await checkAccount(desk.ports, account);
      await desk.watchdog.look(who.store.id);
      return showStore(reply, who, { tested: { gateway, findings } });
    });

  onCredentials(
    '/connect/accounts',
    ({ store }, form) => addAccount(desk, store, form),
    'an account was added',
  );
  onCredentials(
    '/connect/credentials',
    ({ store }, form) => renewAccount(desk, store, form),
    'an account has new credentials',
  );

  onOperatorForm('/connect/account', async (who, request, reply) => {
    const form = accountAction.safeParse(formOf(request));
    const acted = form.success ? await actOnAccount(desk, who.store.id, form.data) : undefined;
    if (!form.success || acted === undefined) return showStore(reply, who, { problem: unknownAccount }, 422);
    const { account, findings } = acted;
    if (form.data.what === 'test')
      return showStore(reply, who, { tested: { gateway: account.gateway, findings } });
    request.log.warn({ store: who.store.id, ...form.data }, 'an account was switched');
    await desk.watchdog.look(who.store.id);
    return sendOn(reply, '/connect');
  });
};
