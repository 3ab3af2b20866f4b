<?php
/**
 * What the plugin keeps on an order.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

defined( 'ABSPATH' ) || exit;

/**
 * Names of the order's meta and what they mean.
 */
final class Order_Payment {

	const GATEWAY_ID  = 'gatewright';
	const INVOICE     = '_gatewright_invoice';
	const TRANSACTION = '_gatewright_transaction';
	const GATEWAY     = '_gatewright_gateway';

	/**
	 * The bridge's page of the order, where everybody sees how its payment stands.
	 */
	const PAGE = '_gatewright_page';

	/**
	 * The network the order was paid on, as the bridge names it.
	 */
	const NETWORK = '_gatewright_network';

	/**
	 * The status that the plugin last saw at checkout or set itself: another one means that somebody else moved the order.
	 */
	const OWN_STATUS = '_gatewright_own_status';

	/**
	 * Whether an order is to be paid through this plugin.
	 *
	 * @param \WC_Abstract_Order $order Order.
	 */
	public static function is_ours( \WC_Abstract_Order $order ): bool {
		return $order instanceof \WC_Order && self::is_our_method( (string) $order->get_payment_method() );
	}

	/**
	 * Whether a payment method is one of this plugin's.
	 *
	 * @param string $method Payment method's id.
	 */
	public static function is_our_method( string $method ): bool {
		return self::GATEWAY_ID === $method || 0 === strpos( $method, self::GATEWAY_ID . '_' );
	}

	/**
	 * Notes on the order that a payment was started. The caller saves.
	 *
	 * @param \WC_Order $order   Order.
	 * @param string    $invoice The bridge's invoice; empty while the shopper chooses.
	 */
	public static function started( \WC_Order $order, string $invoice ): void {
		if ( '' !== $invoice ) {
			$order->update_meta_data( self::INVOICE, $invoice );
		}
		self::set_own_status( $order, $order->get_status() );
	}

	/**
	 * Notes the status that the plugin gives the order. The caller saves.
	 *
	 * @param \WC_Order $order  Order.
	 * @param string    $status Status without wc-.
	 */
	public static function set_own_status( \WC_Order $order, string $status ): void {
		$order->update_meta_data( self::OWN_STATUS, $status );
	}

	/**
	 * The status that the plugin last saw or set.
	 *
	 * @param \WC_Order $order Order.
	 */
	public static function own_status( \WC_Order $order ): string {
		$status = (string) $order->get_meta( self::OWN_STATUS );
		return '' === $status ? 'pending' : $status;
	}

	/**
	 * Which order is meant by a number: numbers come again after a restored database, order keys do not. Empty for an order
	 * without a key.
	 *
	 * @param \WC_Order $order Order.
	 */
	public static function key_hash( \WC_Order $order ): string {
		$key = (string) $order->get_order_key();
		return '' === $key ? '' : hash( 'sha256', $key );
	}

	/**
	 * Whether a call of the bridge means this very order.
	 *
	 * @param \WC_Order $order    Order.
	 * @param string    $key_hash What the bridge sent; empty: a bridge that does not know of keys.
	 */
	public static function is_meant( \WC_Order $order, string $key_hash ): bool {
		return '' === $key_hash || self::key_hash( $order ) === $key_hash;
	}

	/**
	 * The bridge's invoice.
	 *
	 * @param \WC_Order $order Order.
	 */
	public static function invoice( \WC_Order $order ): string {
		return (string) $order->get_meta( self::INVOICE );
	}
}
