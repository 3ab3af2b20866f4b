<?php
/**
 * Who settled an order.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

use Gatewright\WooCommerce\Install\Tables;

defined( 'ABSPATH' ) || exit;

/**
 * One row per order. It is written before the order is paid and marked afterwards, so that a crash in between neither
 * pays twice nor takes the bridge's own payment for a stranger's.
 */
final class Claims {

	const STARTED = 'started';
	const SETTLED = 'settled';

	/**
	 * The order's claim.
	 *
	 * @param int $order_id Order.
	 * @return array{claim: string, invoice: string, transaction_id: string, state: string}|null
	 */
	public function of( int $order_id ): ?array {
		global $wpdb;
		$table = Tables::name( 'gatewright_claims' );
		// phpcs:ignore WordPress.DB -- the plugin's own table, past every cache.
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT claim, invoice, transaction_id, state FROM $table WHERE order_id = %d", $order_id ), ARRAY_A );
		return is_array( $row ) ? $row : null;
	}

	/**
	 * Whether the order was settled through this plugin.
	 *
	 * @param int $order_id Order.
	 */
	public function is_settled( int $order_id ): bool {
		$claim = $this->of( $order_id );
		return null !== $claim && self::SETTLED === $claim['state'];
	}

	/**
	 * Writes the claim of a settlement that begins; false when it cannot be stored or the order has been settled.
	 *
	 * @param int    $order_id    Order.
	 * @param string $claim       The bridge's claim.
	 * @param string $invoice     The bridge's invoice.
	 * @param string $transaction Transaction id in full.
	 * @param int    $now         Unix seconds.
	 */
	public function start( int $order_id, string $claim, string $invoice, string $transaction, int $now ): bool {
		global $wpdb;
		$table = Tables::name( 'gatewright_claims' );
		// phpcs:disable WordPress.DB -- the plugin's own table, past every cache.
		$added = $wpdb->query(
			$wpdb->prepare(
				"INSERT IGNORE INTO $table (order_id, claim, invoice, transaction_id, state, created_at) VALUES (%d, %s, %s, %s, %s, %d)",
				$order_id,
				$claim,
				$invoice,
				$transaction,
				self::STARTED,
				$now
			)
		);
		if ( 0 === $added ) {
			// An earlier start that never came to its end; the caller has seen that the order is unpaid.
			$wpdb->query(
				$wpdb->prepare(
					"UPDATE $table SET claim = %s, invoice = %s, transaction_id = %s WHERE order_id = %d AND state = %s",
					$claim,
					$invoice,
					$transaction,
					$order_id,
					self::STARTED
				)
			);
		}
		// phpcs:enable WordPress.DB
		$row = $this->of( $order_id );
		return null !== $row && $row['claim'] === $claim && self::STARTED === $row['state'];
	}

	/**
	 * The order has been paid.
	 *
	 * @param int $order_id Order.
	 */
	public function settle( int $order_id ): void {
		global $wpdb;
		$table = Tables::name( 'gatewright_claims' );
		// phpcs:ignore WordPress.DB -- the plugin's own table, past every cache.
		$wpdb->query( $wpdb->prepare( "UPDATE $table SET state = %s WHERE order_id = %d", self::SETTLED, $order_id ) );
	}
}
