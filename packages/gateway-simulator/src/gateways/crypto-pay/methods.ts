import type * as z from 'zod';
import type { NativeJson } from '../../kernel/native-json.ts';
import type { SeededRandom } from '../../kernel/random.ts';
import { checkParameters, type MethodResult, type Parameters } from './parameters.ts';
import type { App, Network } from './state.ts';

/** What a method works on: the app is the one whose token came with the request. */
export interface Call {
  readonly network: Network;
  readonly app: App;
  readonly random: SeededRandom;
  readonly now: number;
}

export type Method = (call: Call, parameters: Parameters) => MethodResult<NativeJson>;

/** A method that runs only when its parameters pass the schema. */
export const method =
  <T extends z.ZodType>(
    schema: (network: Network) => T,
    run: (call: Call, given: z.output<T>) => MethodResult<NativeJson>,
  ): Method =>
  (call, parameters) => {
    const checked = checkParameters(schema(call.network), parameters);
    return checked.ok ? run(call, checked.result) : checked;
  };

export const result = (value: NativeJson): MethodResult<NativeJson> => ({ ok: true, result: value });
