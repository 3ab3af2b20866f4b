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
	 * The order's claim. One of another order that had the same number is none.
	 *
	 * @param \WC_Order $order Order.
	 * @return array{claim: string, invoice: string, transaction_id: string, state: string, order_key_hash: string}|null
	 */
	public function of( \WC_Order $order ): ?array {
		global $wpdb;
		$table = Tables::name( 'gatewright_claims' );
		// phpcs:ignore WordPress.DB -- the plugin's own table, past every cache.
		$row = $wpdb->get_row( $wpdb->prepare( "SELECT claim, invoice, transaction_id, state, order_key_hash FROM $table WHERE order_id = %d", $order->get_id() ), ARRAY_A );
		// Empty: a claim of before the keys were kept.
		return is_array( $row ) && Order_Payment::is_meant( $order, (string) $row['order_key_hash'] ) ? $row : null;
	}

	/**
	 * Whether the order was settled through this plugin.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function is_settled( \WC_Order $order ): bool {
		$claim = $this->of( $order );
		return null !== $claim && self::SETTLED === $claim['state'];
	}

	/**
	 * Writes the claim of a settlement that begins; false when it cannot be stored or the order has been settled.
	 *
	 * @param \WC_Order $order       Order.
	 * @param string    $claim       The bridge's claim.
	 * @param string    $invoice     The bridge's invoice.
	 * @param string    $transaction Transaction id in full.
	 * @param int       $now         Unix seconds.
	 */
	public function start( \WC_Order $order, string $claim, string $invoice, string $transaction, int $now ): bool {
		global $wpdb;
		$table    = Tables::name( 'gatewright_claims' );
		$order_id = $order->get_id();
		// phpcs:disable WordPress.DB -- the plugin's own table, past every cache.
		// The claim of an order that is gone and had the same number.
		$wpdb->query( $wpdb->prepare( "DELETE FROM $table WHERE order_id = %d AND order_key_hash <> %s AND order_key_hash <> %s", $order_id, '', Order_Payment::key_hash( $order ) ) );
		$added = $wpdb->query(
			$wpdb->prepare(
				"INSERT IGNORE INTO $table (order_id, claim, invoice, transaction_id, state, created_at, order_key_hash) VALUES (%d, %s, %s, %s, %s, %d, %s)",
				$order_id,
				$claim,
				$invoice,
				$transaction,
				self::STARTED,
				$now,
				Order_Payment::key_hash( $order )
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
		$row = $this->of( $order );
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
