<?php
/**
 * Versions of the shop.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * What the bridge wants to know to tell whether the shop is one it works with.
 */
final class Versions {

	/**
	 * Versions by name.
	 *
	 * @return array<string, string>
	 */
	public static function all(): array {
		return array(
			'woocommerce' => defined( 'WC_VERSION' ) ? (string) WC_VERSION : '',
			'wordpress'   => (string) get_bloginfo( 'version' ),
			'php'         => PHP_VERSION,
			'plugin'      => GATEWRIGHT_VERSION,
		);
	}
}
