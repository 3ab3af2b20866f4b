<?php
/**
 * The string that an owner pastes.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * The bridge's address with a code of 128 bits as its fragment.
 */
final class Pairing_Code {

	/**
	 * Address and code; null when the text is no pairing code.
	 *
	 * @param string $text What was pasted.
	 * @return array{url: string, code: string}|null
	 */
	public static function parse( string $text ): ?array {
		$parts = explode( '#', trim( $text ) );
		if ( 2 !== count( $parts ) || 1 !== preg_match( '/\A[A-Za-z0-9_-]{22}\z/', $parts[1] ) ) {
			return null;
		}
		$url = Bridge_Address::parse( $parts[0] );
		return null === $url ? null : array(
			'url'  => $url,
			'code' => $parts[1],
		);
	}
}
