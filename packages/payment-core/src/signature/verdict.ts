/** Why a request cannot be proved to come from the gateway. Each one is answered 401 (gateways.md rule 4). */
export type SignatureFault =
  | 'signature-missing'
  | 'signature-repeated'
  | 'signature-malformed'
  | 'signature-mismatch'
  | 'timestamp-missing'
  | 'timestamp-repeated'
  | 'timestamp-malformed'
  | 'timestamp-mismatch'
  | 'timestamp-stale';

export type SignatureRefusal<Fault extends SignatureFault = SignatureFault> = {
  readonly ok: false;
  readonly reason: Fault;
};

export type SignatureVerdict = { readonly ok: true } | SignatureRefusal;
