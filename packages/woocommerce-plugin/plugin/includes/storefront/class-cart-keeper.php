<?php
/**
 * Keeping the cart until the order is paid.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Storefront;

use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce empties the cart of whoever opens the thank-you page; a shopper who came back without paying still needs it.
 */
final class Cart_Keeper {

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_filter( 'woocommerce_should_clear_cart_after_payment', array( $this, 'should_clear' ) );
	}

	/**
	 * On woocommerce_should_clear_cart_after_payment (WooCommerce 9.3 and later).
	 *
	 * @param bool $clear What WooCommerce means to do.
	 * @return bool
	 */
	public function should_clear( $clear ) {
		$order = wc_get_order( absint( get_query_var( 'order-received' ) ) );
		if ( $clear && $order instanceof \WC_Order && Order_Payment::is_ours( $order ) && $order->needs_payment() ) {
			return false;
		}
		return $clear;
	}
}
