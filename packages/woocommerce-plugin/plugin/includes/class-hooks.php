<?php
/**
 * Where the plugin hooks into WordPress.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Each part knows its own hooks; here stands which parts there are.
 */
final class Hooks {

	/**
	 * Hooks all parts in.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public static function add( Plugin $plugin ): void {
		Install\Tables::ensure();
		add_filter( 'woocommerce_payment_gateways', array( $plugin->methods(), 'add' ) );
		$parts = array(
			$plugin->routes(),
			$plugin->refunds(),
			$plugin->cancel_guard(),
			$plugin->cancel_notifier(),
			new Connection\Refresh( $plugin->connection(), $plugin->bridge() ),
			new Blocks\Blocks( $plugin ),
			new Storefront\Thank_You( $plugin->order_views(), $plugin->connection() ),
			new Storefront\Cart_Keeper(),
		);
		foreach ( array_merge( $parts, is_admin() ? self::of_admin( $plugin ) : array() ) as $part ) {
			$part->hook();
		}
	}

	/**
	 * Parts that only the admin has.
	 *
	 * @param Plugin $plugin The plugin.
	 * @return object[]
	 */
	private static function of_admin( Plugin $plugin ): array {
		return array(
			new Admin\Order_Box( $plugin->order_views(), $plugin->connection() ),
			new Admin\Recheck( $plugin->order_views() ),
			new Admin\Order_Column( $plugin->claims() ),
			new Admin\Attention_Page( $plugin->bridge(), $plugin->connection() ),
			new Admin\Notices( $plugin ),
		);
	}
}
