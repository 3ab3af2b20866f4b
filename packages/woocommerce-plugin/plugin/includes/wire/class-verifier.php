<?php
/**
 * Checking of signatures.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Wire;

defined( 'ABSPATH' ) || exit;

/**
 * Signature, then time, then nonce: only the holder of a secret can use up a nonce.
 */
final class Verifier {

	const OK              = 'ok';
	const UNKNOWN_VERSION = 'unknown-version';
	const NOT_STORED      = 'nonce-not-stored';

	/**
	 * Seconds the two clocks may lie apart.
	 */
	const WINDOW = 300;

	/**
	 * Seconds a nonce is kept. A time stamp from 300 s ahead is good for 600 s, both ends included.
	 */
	const NONCE_LIFE = 601;

	/**
	 * Spends the same time on an unknown key as on a known one.
	 */
	const NOBODY = 'no key has this secret: it is never given out';

	const SHAPES = array(
		'key'       => '/\A[A-Za-z0-9_-]{1,64}\z/',
		'timestamp' => '/\A[1-9][0-9]{9}\z/',
		'nonce'     => '/\A[A-Za-z0-9_-]{22}\z/',
		'signature' => '/\Av1=[0-9a-f]{64}\z/',
	);

	/**
	 * Used nonces.
	 *
	 * @var Nonces
	 */
	private $nonces;

	/**
	 * A verifier.
	 *
	 * @param Nonces $nonces Where used nonces are kept.
	 */
	public function __construct( Nonces $nonces ) {
		$this->nonces = $nonces;
	}

	/**
	 * Returns self::OK, or the reason for the log; all reasons but the unknown version get the same 401.
	 *
	 * @param array<string, string>                           $headers By key, timestamp, nonce and signature; empty when absent.
	 * @param string                                          $method  HTTP method.
	 * @param string                                          $target  Path and query as sent.
	 * @param string                                          $body    Raw body.
	 * @param array<int, array{id: string, secret: string}> $keys    Two while one of them is being rotated.
	 * @param int                                             $now     Unix seconds.
	 */
	public function verify( array $headers, string $method, string $target, string $body, array $keys, int $now ): string {
		$fault = $this->fault_of_shape( $headers );
		if ( '' !== $fault ) {
			return $fault;
		}
		$secret = null;
		foreach ( $keys as $key ) {
			if ( $key['id'] === $headers['key'] ) {
				$secret = $key['secret'];
			}
		}
		$canonical = Signature::canonical( $headers['timestamp'], $headers['nonce'], $method, $target, $body );
		$genuine   = hash_equals( Signature::sign( $secret ?? self::NOBODY, $canonical ), $headers['signature'] );
		if ( null === $secret ) {
			return 'unknown-key';
		}
		if ( ! $genuine ) {
			return 'bad-signature';
		}
		if ( abs( $now - (int) $headers['timestamp'] ) > self::WINDOW ) {
			return 'timestamp-out-of-window';
		}
		$fresh = $this->nonces->spend( $headers['key'], $headers['nonce'], $now, $now + self::NONCE_LIFE );
		if ( null === $fresh ) {
			return self::NOT_STORED;
		}
		return $fresh ? self::OK : 'nonce-used';
	}

	/**
	 * Whether a header is missing, of another version or of another form; empty when they are well-formed.
	 *
	 * @param array<string, string> $headers By key, timestamp, nonce and signature.
	 */
	private function fault_of_shape( array $headers ): string {
		foreach ( array_keys( self::SHAPES ) as $name ) {
			if ( '' === ( $headers[ $name ] ?? '' ) ) {
				return 'header-missing';
			}
		}
		if ( 1 === preg_match( '/\Av(?!1=)[0-9]{1,9}=/', $headers['signature'] ) ) {
			return self::UNKNOWN_VERSION;
		}
		foreach ( self::SHAPES as $name => $shape ) {
			if ( 1 !== preg_match( $shape, $headers[ $name ] ) ) {
				return 'header-malformed';
			}
		}
		return '';
	}
}
