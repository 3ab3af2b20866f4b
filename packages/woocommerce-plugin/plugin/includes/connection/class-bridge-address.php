<?php
/**
 * Addresses of bridges.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * A bridge is spoken to over https; http only on the owner's own machine, for trying things out.
 */
final class Bridge_Address {

	/**
	 * The address without a slash, query and fragment; null when it must not be used.
	 *
	 * @param string $text What somebody typed or pasted.
	 */
	public static function parse( string $text ): ?string {
		$parts = wp_parse_url( trim( $text ) );
		if ( ! is_array( $parts ) || empty( $parts['host'] ) || isset( $parts['user'] ) || isset( $parts['pass'] ) ) {
			return null;
		}
		if ( 1 === preg_match( '/[\s"\'<>\\\\]/', trim( $text ) ) ) {
			return null;
		}
		$scheme = strtolower( $parts['scheme'] ?? '' );
		if ( 'https' !== $scheme && ! ( 'http' === $scheme && self::is_own_machine( $parts['host'] ) ) ) {
			return null;
		}
		$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
		return $scheme . '://' . strtolower( $parts['host'] ) . $port . rtrim( $parts['path'] ?? '', '/' );
	}

	/**
	 * Scheme, host and port: what two addresses of one server have in common.
	 *
	 * @param string $url An address.
	 */
	public static function origin( string $url ): string {
		$parts  = wp_parse_url( $url );
		$parts  = is_array( $parts ) ? $parts : array();
		$scheme = strtolower( $parts['scheme'] ?? '' );
		$port   = $parts['port'] ?? ( 'https' === $scheme ? 443 : 80 );
		return $scheme . '://' . strtolower( $parts['host'] ?? '' ) . ':' . $port;
	}

	/**
	 * Whether a host is this machine, or the site says of itself that it is for development.
	 *
	 * @param string $host Host.
	 */
	private static function is_own_machine( string $host ): bool {
		return in_array( $host, array( 'localhost', '127.0.0.1', '[::1]' ), true )
			|| in_array( wp_get_environment_type(), array( 'local', 'development' ), true );
	}
}
