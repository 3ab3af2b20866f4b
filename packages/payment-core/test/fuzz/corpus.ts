import type { Input } from './input/input.ts';
import type { Issued } from './input/issued.ts';
import { writeTree } from './input/json-tree.ts';
import type { Subject } from './subjects/subject.ts';

/** A genuine request, and the shape of its body. */
export interface Genuine {
  readonly input: Input;
  readonly shape: string;
}

const sentAt = Date.UTC(2026, 2, 24, 12, 0, 5, 250);

/** Signs a body by the gateway's document and remembers that it was signed. */
export const seal = (
  subject: Subject,
  issued: Issued,
  request: Pick<Input, 'account' | 'receivedAt'>,
  body: string,
): Input => {
  const account = subject.accounts[request.account] ?? subject.accounts[0];
  const sealed = subject.seal(account, body, request.receivedAt);
  issued.add(account.key, sealed.mac, sealed.message);
  const { account: index, receivedAt } = request;
  return { gateway: subject.gateway, account: index, headers: sealed.headers, body: sealed.body, receivedAt };
};

/** Every shape of every gateway, signed for both of its accounts. */
export const createCorpus = (subjects: readonly Subject[], issued: Issued): readonly Genuine[] => {
  const corpus = subjects.flatMap((subject) =>
    subject.shapes.flatMap(({ name, tree, style }) =>
      [0, 1].map((account): Genuine => {
        const input = seal(subject, issued, { account, receivedAt: sentAt }, writeTree(tree, style));
        return { input, shape: `${subject.gateway}: ${name}` };
      }),
    ),
  );
  issued.close(true);
  return corpus;
};
