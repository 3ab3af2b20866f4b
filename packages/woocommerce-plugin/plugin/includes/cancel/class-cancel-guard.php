<?php
/**
 * Keeping orders whose money may be under way.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Cancel;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Orders\Fresh_Order;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * Before WooCommerce gives an unpaid order up, or a shopper does, the bridge is asked. Only a clear yes lets it go.
 */
final class Cancel_Guard {

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * A guard.
	 *
	 * @param Bridge $bridge The bridge.
	 */
	public function __construct( Bridge $bridge ) {
		$this->bridge = $bridge;
	}

	/**
	 * Hooks in. Late, so that a plugin that wants to keep the order has said so.
	 */
	public function hook(): void {
		add_filter( 'woocommerce_cancel_unpaid_order', array( $this, 'may_give_up' ), 100, 2 );
		add_filter( 'woocommerce_valid_order_statuses_for_cancel', array( $this, 'statuses_for_shopper' ), 100, 2 );
	}

	/**
	 * On woocommerce_cancel_unpaid_order: hold stock has run out.
	 *
	 * @param bool      $cancel What WooCommerce means to do.
	 * @param \WC_Order $order  Order.
	 * @return bool
	 */
	public function may_give_up( $cancel, $order ) {
		if ( ! $cancel || ! $order instanceof \WC_Order || ! Order_Payment::is_ours( $order ) ) {
			return $cancel;
		}
		return $this->may_cancel( $order );
	}

	/**
	 * On woocommerce_valid_order_statuses_for_cancel. It is asked for on every page with a list of orders, so the bridge is
	 * only asked when this very order is being cancelled.
	 *
	 * @param string[]       $statuses Statuses from which a shopper may cancel.
	 * @param \WC_Order|null $order    Order.
	 * @return string[]
	 */
	public function statuses_for_shopper( $statuses, $order = null ) {
		// phpcs:disable WordPress.Security.NonceVerification -- WooCommerce has checked the nonce; this only keeps an order.
		$asked = isset( $_GET['cancel_order'], $_GET['order_id'] ) ? absint( wp_unslash( $_GET['order_id'] ) ) : 0;
		// phpcs:enable
		if ( ! $order instanceof \WC_Order || $order->get_id() !== $asked || ! Order_Payment::is_ours( $order ) ) {
			return $statuses;
		}
		return $this->may_cancel( $order ) ? $statuses : array();
	}

	/**
	 * Asks, and looks whether the order is still what it was before.
	 *
	 * @param \WC_Order $order Order.
	 */
	private function may_cancel( \WC_Order $order ): bool {
		if ( ! $this->bridge->may_cancel( $order ) ) {
			return false;
		}
		$now = Fresh_Order::read( $order->get_id() );
		return null !== $now && $now->get_status() === $order->get_status();
	}
}
