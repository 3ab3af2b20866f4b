<?php
/**
 * Marking an order as paid.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

defined( 'ABSPATH' ) || exit;

/**
 * Once per order: under its lock, on the row as it is now, with a claim that stays.
 */
final class Settlement {

	/**
	 * Characters that WooCommerce keeps of a transaction id; the whole of it is in the claim and in the order's meta.
	 */
	const TRANSACTION_LENGTH = 100;

	/**
	 * The order's lock.
	 *
	 * @var Order_Lock
	 */
	private $lock;

	/**
	 * Claims.
	 *
	 * @var Claims
	 */
	private $claims;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * Settling.
	 *
	 * @param Order_Lock $lock   The order's lock.
	 * @param Claims     $claims Claims.
	 * @param callable   $now    Gives Unix seconds.
	 */
	public function __construct( Order_Lock $lock, Claims $claims, callable $now ) {
		$this->lock   = $lock;
		$this->claims = $claims;
		$this->now    = $now;
	}

	/**
	 * Settles. Outcome settled or already, or the code of a problem; with the order's status.
	 *
	 * @param int                   $order_id Order.
	 * @param array<string, string> $body     Claim, invoice, transaction_id, expected_total, expected_currency, note, order_key_hash, order_status.
	 * @return array<string, string>
	 */
	public function settle( int $order_id, array $body ): array {
		return $this->lock->locked(
			$order_id,
			function () use ( $order_id, $body ): array {
				$order = Fresh_Order::read( $order_id );
				if ( null === $order || ! Order_Payment::is_meant( $order, $body['order_key_hash'] ) ) {
					return array( 'problem' => 'order_missing' );
				}
				$decided = $this->decide( $order, $body );
				return null === $decided ? $this->pay( $order, $body ) : $decided + array( 'order_status' => $order->get_status() );
			}
		) ?? array( 'problem' => 'busy' );
	}

	/**
	 * What is to be answered without paying; null: pay.
	 *
	 * @param \WC_Order             $order Order, read under the lock.
	 * @param array<string, string> $body  Body of the call.
	 * @return array<string, string>|null
	 */
	private function decide( \WC_Order $order, array $body ): ?array {
		$held = $this->claims->of( $order );
		$ours = null !== $held && $held['claim'] === $body['claim'];
		if ( null !== $held && Claims::SETTLED === $held['state'] ) {
			return $ours ? array( 'outcome' => 'already' ) : array( 'problem' => 'paid_otherwise' );
		}
		if ( $ours && $this->was_paid_by( $order, $held ) ) {
			// The process that paid it died before it could say so.
			$this->claims->settle( $order->get_id() );
			Order_Payment::set_own_status( $order, $order->get_status() );
			$order->save_meta_data();
			return array( 'outcome' => 'already' );
		}
		$refusal = $this->refusal( $order, $body );
		return '' === $refusal ? null : array( 'problem' => $refusal );
	}

	/**
	 * Whether a settlement that was begun has paid the order.
	 *
	 * @param \WC_Order             $order Order.
	 * @param array<string, string> $claim The order's claim.
	 */
	private function was_paid_by( \WC_Order $order, array $claim ): bool {
		return $this->is_paid( $order ) && (string) $order->get_transaction_id() === $this->short( $claim['transaction_id'] );
	}

	/**
	 * Why this order must not be settled by this claim; empty when it may. A cancelled order is never revived.
	 *
	 * @param \WC_Order             $order Order.
	 * @param array<string, string> $body  Body of the call.
	 */
	private function refusal( \WC_Order $order, array $body ): string {
		if ( $order->has_status( 'refunded' ) || ! Amount::equal( Amount::at_scale( $order->get_total_refunded() ), '0' ) ) {
			return 'refunded';
		}
		if ( $this->is_paid( $order ) ) {
			return 'paid_otherwise';
		}
		if ( ! Order_Payment::is_ours( $order ) ) {
			return 'not_ours';
		}
		if ( ! $order->has_status( array( 'pending', 'failed', 'on-hold' ) ) ) {
			return 'moved';
		}
		if ( $order->get_currency() !== $body['expected_currency'] ) {
			return 'currency_changed';
		}
		return Amount::equal( Amount::of_order( $order ), $body['expected_total'] ) ? '' : 'total_changed';
	}

	/**
	 * Whether the order counts as paid. In a status of another plugin's only the date of payment says so.
	 *
	 * @param \WC_Order $order Order.
	 */
	private function is_paid( \WC_Order $order ): bool {
		if ( $order->has_status( wc_get_is_paid_statuses() ) ) {
			return true;
		}
		$own = array( 'pending', 'failed', 'on-hold', 'cancelled', 'refunded', 'trash', 'checkout-draft', 'auto-draft' );
		return ! $order->has_status( $own ) && null !== $order->get_date_paid();
	}

	/**
	 * Pays the order and looks whether it has been paid: payment_complete keeps an exception of a listener to itself.
	 *
	 * @param \WC_Order             $order Order, read under the lock.
	 * @param array<string, string> $body  Body of the call.
	 * @return array<string, string>
	 */
	private function pay( \WC_Order $order, array $body ): array {
		$order_id    = $order->get_id();
		$transaction = '' === $body['transaction_id'] ? $body['invoice'] : $body['transaction_id'];
		if ( ! $this->claims->start( $order, $body['claim'], $body['invoice'], $transaction, ( $this->now )() ) ) {
			return array( 'problem' => 'not_stored' );
		}
		$order->update_meta_data( Order_Payment::INVOICE, $body['invoice'] );
		$order->update_meta_data( Order_Payment::TRANSACTION, $transaction );
		$this->complete( $order, $this->short( $transaction ), $body['order_status'] );
		$after = Fresh_Order::read( $order_id );
		if ( null === $after || ! $this->took_payment( $after, $transaction ) ) {
			return array( 'problem' => 'not_stored' );
		}
		$this->claims->settle( $order_id );
		Order_Payment::set_own_status( $after, $after->get_status() );
		$after->save_meta_data();
		if ( '' !== $body['note'] ) {
			$after->add_order_note( $body['note'] );
		}
		return array(
			'outcome'      => 'settled',
			'order_status' => $after->get_status(),
		);
	}

	/**
	 * Pays, in the status the owner chose at the bridge; empty: in the one WooCommerce and other plugins choose.
	 *
	 * @param \WC_Order $order       Order.
	 * @param string    $transaction Transaction id as WooCommerce stores it.
	 * @param string    $status      Status processing or completed, or empty.
	 */
	private function complete( \WC_Order $order, string $transaction, string $status ): void {
		$order_id = $order->get_id();
		$choose   = static function ( $chosen, $id ) use ( $order_id, $status ) {
			return '' !== $status && (int) $id === $order_id ? $status : $chosen;
		};
		add_filter( 'woocommerce_payment_complete_order_status', $choose, 1000, 2 );
		try {
			$order->payment_complete( $transaction );
		} finally {
			remove_filter( 'woocommerce_payment_complete_order_status', $choose, 1000 );
		}
	}

	/**
	 * Whether the order now has our payment. Shops may give paid orders any status, so date and transaction decide.
	 *
	 * @param \WC_Order $order       Order as it is after paying.
	 * @param string    $transaction Transaction id in full.
	 */
	private function took_payment( \WC_Order $order, string $transaction ): bool {
		return null !== $order->get_date_paid()
			&& ! $order->has_status( array( 'pending', 'failed' ) )
			&& (string) $order->get_transaction_id() === $this->short( $transaction );
	}

	/**
	 * A transaction id as WooCommerce stores it.
	 *
	 * @param string $transaction Transaction id in full.
	 */
	private function short( string $transaction ): string {
		return function_exists( 'mb_substr' ) ? mb_substr( $transaction, 0, self::TRANSACTION_LENGTH ) : substr( $transaction, 0, self::TRANSACTION_LENGTH );
	}
}
