<?php
/**
 * Calls of the bridge that were carried out.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

use Gatewright\WooCommerce\Install\Tables;

defined( 'ABSPATH' ) || exit;

/**
 * The bridge repeats a call whose answer it has not seen; the same one again changes nothing. It repeats within minutes,
 * and after an outage within days.
 */
final class Instructions {

	const KEPT_SECONDS = 180 * DAY_IN_SECONDS;

	/**
	 * Whether it has been carried out.
	 *
	 * @param string $id The bridge's id of the call.
	 */
	public function known( string $id ): bool {
		global $wpdb;
		$table = Tables::name( 'gatewright_instructions' );
		// phpcs:ignore WordPress.DB -- the plugin's own table, past every cache.
		return '' !== $id && null !== $wpdb->get_var( $wpdb->prepare( "SELECT order_id FROM $table WHERE id = %s", hash( 'sha256', $id ) ) );
	}

	/**
	 * It has been carried out.
	 *
	 * @param string $id       The bridge's id of the call.
	 * @param int    $order_id Order.
	 * @param int    $now      Unix seconds.
	 */
	public function record( string $id, int $order_id, int $now ): void {
		global $wpdb;
		if ( '' === $id ) {
			return;
		}
		$table = Tables::name( 'gatewright_instructions' );
		// phpcs:disable WordPress.DB -- the plugin's own table, past every cache.
		$wpdb->query( $wpdb->prepare( "DELETE FROM $table WHERE created_at < %d LIMIT 100", $now - self::KEPT_SECONDS ) );
		$wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO $table (id, order_id, created_at) VALUES (%s, %d, %d)", hash( 'sha256', $id ), $order_id, $now ) );
		// phpcs:enable WordPress.DB
	}
}
