<?php
/**
 * Reading an order as it is now.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

use Automattic\WooCommerce\Caches\OrderCache;
use Automattic\WooCommerce\Internal\DataStores\Orders\OrdersTableDataStore;
use Automattic\WooCommerce\Internal\DataStores\Orders\OrdersTableDataStoreMeta;

defined( 'ABSPATH' ) || exit;

/**
 * Another process may have changed the order since this one, or the object cache, has read it.
 */
final class Fresh_Order {

	/**
	 * The order from the database; null when there is none.
	 *
	 * @param int $order_id Order.
	 */
	public static function read( int $order_id ): ?\WC_Order {
		self::forget( $order_id );
		$order = wc_get_order( $order_id );
		return $order instanceof \WC_Order && 'shop_order' === $order->get_type() ? $order : null;
	}

	/**
	 * Drops every cached copy: of posts, of the order tables, of the order's lines, and WooCommerce's own objects.
	 *
	 * @param int $order_id Order.
	 */
	private static function forget( int $order_id ): void {
		clean_post_cache( $order_id );
		wp_cache_delete( $order_id, 'posts' );
		wp_cache_delete( $order_id, 'post_meta' );
		wp_cache_delete( 'order-items-' . $order_id, 'orders' );
		\WC_Cache_Helper::invalidate_cache_group( 'order_' . $order_id );
		if ( class_exists( OrderCache::class ) ) {
			wc_get_container()->get( OrderCache::class )->remove( $order_id );
		}
		// Since 11.1 the rows' cache clears the meta's only for rows it still held, so both are cleared.
		foreach ( array( OrdersTableDataStore::class, OrdersTableDataStoreMeta::class ) as $store ) {
			if ( class_exists( $store ) && method_exists( $store, 'clear_cached_data' ) ) {
				wc_get_container()->get( $store )->clear_cached_data( array( $order_id ) );
			}
		}
	}
}
