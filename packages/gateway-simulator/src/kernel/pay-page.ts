import { htmlReply, type Reply, seeOther } from './http/reply.ts';
import { bodyFields, type SimulatorRequest } from './http/request.ts';
import type { Route } from './http/router.ts';
import type { ActionOptions, Shopper, ShopperAction } from './shopper.ts';

/** A button, with the inputs it sends along. */
export interface PageAction {
  /** Name of the shopper action. */
  readonly action: string;
  readonly label: string;
  readonly inputs?: readonly PageInput[];
  readonly late?: boolean;
}

export type PageInput =
  | { readonly name: string; readonly label: string; readonly value: string }
  | { readonly name: string; readonly label: string; readonly choices: readonly string[] };

export interface PayPageView {
  readonly paymentId: string;
  readonly gateway: string;
  readonly title: string;
  readonly status: string;
  /** Label and value, shown in order. */
  readonly facts: readonly (readonly [string, string])[];
  readonly actions: readonly PageAction[];
  /** Where the gateway brings a browser back to. */
  readonly back?: { readonly label: string; readonly url: string } | undefined;
}

export interface PayPageOptions {
  readonly path: string;
  /** Undefined when the request names no payment (any more). */
  readonly view: (request: SimulatorRequest) => PayPageView | undefined;
  readonly shopper: Shopper;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c}
.simulator{background:#fff4c2;border:1px solid #d8b400;padding:.5rem .75rem;border-radius:.4rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.5rem 0}label{display:grid;font-size:.85rem}
button{font:inherit;padding:.4rem .9rem}input,select{font:inherit;padding:.35rem}.refused{color:#a00000}`;

const renderInput = (input: PageInput): string => {
  const name = escapeHtml(input.name);
  const field =
    'choices' in input
      ? `<select name="${name}">${input.choices.map((choice) => `<option>${escapeHtml(choice)}</option>`).join('')}</select>`
      : `<input name="${name}" value="${escapeHtml(input.value)}">`;
  return `<label>${escapeHtml(input.label)}${field}</label>`;
};

const renderAction = ({ action, label, inputs = [], late = false }: PageAction): string =>
  `<form method="post"><input type="hidden" name="action" value="${escapeHtml(action)}">${
    late ? '<input type="hidden" name="late" value="true">' : ''
  }${inputs.map(renderInput).join('')}<button>${escapeHtml(label)}</button></form>`;

/** The whole page; `refusal` is the reason why the last click did nothing. */
const renderPayPage = (view: PayPageView, refusal: string | null): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(`${view.title} (${view.gateway} simulator)`)}</title><style>${STYLE}</style></head><body>
<p class="simulator">This is a simulator of ${escapeHtml(view.gateway)}. No money moves.</p>
<h1>${escapeHtml(view.title)}</h1>
<p>Status: <strong data-status="${escapeHtml(view.status)}">${escapeHtml(view.status)}</strong></p>
${refusal === null ? '' : `<p class="refused" role="alert">Refused: ${escapeHtml(refusal)}</p>`}
<dl>${view.facts.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
${view.actions.map(renderAction).join('\n')}
${view.back === undefined ? '' : `<p><a href="${escapeHtml(view.back.url)}">${escapeHtml(view.back.label)}</a></p>`}
</body></html>`;

const notFound = (): Reply =>
  htmlReply(404, '<!doctype html><title>Not found</title><p>No such payment.</p>');

const shopperAction = (shopper: Shopper, name: string): ShopperAction | undefined => {
  const actions: Readonly<Record<string, ShopperAction>> = shopper;
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
};

/** The GET that shows the page and the POST that a button sends; the answer of a POST leads back to the page. */
export const payPageRoutes = ({ path, view, shopper }: PayPageOptions): readonly Route[] => [
  {
    name: 'pay-page',
    methods: ['GET'],
    path,
    handle: (request) => {
      const shown = view(request);
      return shown === undefined
        ? notFound()
        : htmlReply(200, renderPayPage(shown, request.query.get('refused')));
    },
  },
  {
    name: 'pay-page-action',
    methods: ['POST'],
    path,
    handle: async (request) => {
      const shown = view(request);
      if (shown === undefined) return notFound();
      const { action, late, ...details } = (await bodyFields(request)) ?? {};
      const offered = shown.actions.some((candidate) => candidate.action === action);
      const act = typeof action === 'string' && offered ? shopperAction(shopper, action) : undefined;
      if (act === undefined)
        return htmlReply(400, '<!doctype html><title>Bad request</title><p>No such action.</p>');
      const outcome = await act(shown.paymentId, actionOptions(details, late === 'true'));
      return seeOther(pageLocation(request, outcome.ok ? undefined : outcome.reason));
    },
  },
];

const actionOptions = (details: Readonly<Record<string, unknown>>, late: boolean): ActionOptions => {
  const texts = Object.entries(details).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  );
  return { ...Object.fromEntries(texts), ...(late ? { late } : {}) };
};

const pageLocation = (request: SimulatorRequest, refusal: string | undefined): string => {
  const query = new URLSearchParams(request.query);
  query.delete('refused');
  if (refusal !== undefined) query.set('refused', refusal);
  return query.size === 0 ? request.path : `${request.path}?${query}`;
};
