<?php
/**
 * One writer per order.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

defined( 'ABSPATH' ) || exit;

/**
 * MySQL's named locks: they end with the connection, so a process that dies leaves none behind.
 */
final class Order_Lock {

	const WAIT_SECONDS = 10;

	/**
	 * Runs the work under the order's lock; null when the lock could not be had in time.
	 *
	 * @param int      $order_id Order.
	 * @param callable $work     Returns an array.
	 * @return array<string, mixed>|null
	 */
	public function locked( int $order_id, callable $work ): ?array {
		global $wpdb;
		// Plugins that spread reads over replicas would else send GET_LOCK, a SELECT, to one of them.
		if ( is_callable( array( $wpdb, 'send_reads_to_masters' ) ) ) {
			$wpdb->send_reads_to_masters();
		}
		$name = self::name( $order_id );
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- locks are the database's.
		$got = $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, %d)', $name, self::WAIT_SECONDS ) );
		if ( '1' !== (string) $got ) {
			return null;
		}
		try {
			return $work();
		} finally {
			$wpdb->get_var( $wpdb->prepare( 'SELECT RELEASE_LOCK(%s)', $name ) );
		}
		// phpcs:enable
	}

	/**
	 * Locks are shared by all shops of a database server: the name holds database and table prefix, as a digest because
	 * MySQL takes 64 characters.
	 *
	 * @param int $order_id Order.
	 */
	public static function name( int $order_id ): string {
		global $wpdb;
		return 'gatewright.' . substr( hash( 'sha256', DB_NAME . "\n" . $wpdb->prefix . "\n" . $order_id ), 0, 48 );
	}
}
