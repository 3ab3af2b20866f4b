<?php
/**
 * Loads the plugin's classes.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Gatewright\WooCommerce\Orders\Order_Lock is in includes/orders/class-order-lock.php.
 */
final class Autoloader {

	/**
	 * Registers the loader.
	 *
	 * @param string $directory The folder of the classes.
	 */
	public static function register( string $directory ): void {
		spl_autoload_register(
			static function ( string $name ) use ( $directory ): void {
				$prefix = __NAMESPACE__ . '\\';
				if ( 0 !== strpos( $name, $prefix ) ) {
					return;
				}
				$parts = explode( '\\', strtolower( str_replace( '_', '-', substr( $name, strlen( $prefix ) ) ) ) );
				$class = array_pop( $parts );
				$path  = implode( '/', array_merge( array( $directory ), $parts, array( "class-$class.php" ) ) );
				if ( is_readable( $path ) ) {
					require_once $path;
				}
			}
		);
	}
}
