<?php
/**
 * Signing of calls.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Wire;

defined( 'ABSPATH' ) || exit;

/**
 * HMAC-SHA256 over version, time, nonce, method, path and query as sent, and the body's digest.
 */
final class Signature {

	/**
	 * The text that is signed.
	 *
	 * @param string $timestamp Unix seconds, the digits as sent.
	 * @param string $nonce     128 random bits, base64url without padding.
	 * @param string $method    HTTP method.
	 * @param string $target    Path and query as sent: nothing decoded, nothing sorted.
	 * @param string $body      Raw body.
	 */
	public static function canonical( string $timestamp, string $nonce, string $method, string $target, string $body ): string {
		return implode( "\n", array( 'v1', $timestamp, $nonce, strtoupper( $method ), $target, hash( 'sha256', $body ) ) );
	}

	/**
	 * The value of Gatewright-Signature.
	 *
	 * @param string $secret    The shared secret; its text is the key.
	 * @param string $canonical The text that is signed.
	 */
	public static function sign( string $secret, string $canonical ): string {
		return 'v1=' . hash_hmac( 'sha256', $canonical, $secret );
	}

	/**
	 * Headers of a signed call.
	 *
	 * @param array{id: string, secret: string} $key    Key to sign with.
	 * @param int                               $now    Unix seconds.
	 * @param string                            $method HTTP method.
	 * @param string                            $target Path and query as sent.
	 * @param string                            $body   Raw body.
	 * @return array<string, string>
	 */
	public static function headers( array $key, int $now, string $method, string $target, string $body ): array {
		$timestamp = (string) $now;
		$nonce     = self::nonce();
		return array(
			'Gatewright-Key'       => $key['id'],
			'Gatewright-Timestamp' => $timestamp,
			'Gatewright-Nonce'     => $nonce,
			'Gatewright-Signature' => self::sign( $key['secret'], self::canonical( $timestamp, $nonce, $method, $target, $body ) ),
		);
	}

	/**
	 * A new nonce.
	 */
	private static function nonce(): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- random bytes as text.
		return rtrim( strtr( base64_encode( random_bytes( 16 ) ), '+/', '-_' ), '=' );
	}
}
