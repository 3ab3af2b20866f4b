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
	 * Contents and coupons of the cart that is being emptied.
	 *
	 * @var array{contents: array, coupons: array}|null
	 */
	private $kept;

	/**
	 * The unpaid order whose thank-you page is shown.
	 *
	 * @var int
	 */
	private $order_id = 0;

	/**
	 * Hooks in, right before WooCommerce's own turn.
	 */
	public function hook(): void {
		add_action( 'template_redirect', array( $this, 'keep' ), 19 );
	}

	/**
	 * On template_redirect. Where the page is a shortcode the cart is emptied without asking anybody, so what was in it is
	 * put back.
	 */
	public function keep(): void {
		$order_id = absint( get_query_var( 'order-received' ) );
		$order    = $order_id > 0 ? wc_get_order( $order_id ) : null;
		if ( $order instanceof \WC_Order && Order_Payment::is_ours( $order ) && $order->needs_payment() ) {
			$this->order_id = $order_id;
			remove_action( 'template_redirect', 'wc_clear_cart_after_payment', 20 );
			add_action( 'woocommerce_before_cart_emptied', array( $this, 'remember' ) );
			add_action( 'woocommerce_cart_emptied', array( $this, 'restore' ), 100 );
		}
	}

	/**
	 * On woocommerce_before_cart_emptied.
	 */
	public function remember(): void {
		$cart = WC()->cart;
		if ( $cart instanceof \WC_Cart && ! $cart->is_empty() ) {
			$this->kept = array(
				'contents' => $cart->get_cart_contents(),
				'coupons'  => $cart->get_applied_coupons(),
			);
		}
	}

	/**
	 * On woocommerce_cart_emptied. The order stays the one that a retry at checkout pays.
	 */
	public function restore(): void {
		$cart = WC()->cart;
		if ( null === $this->kept || ! $cart instanceof \WC_Cart ) {
			return;
		}
		$cart->set_cart_contents( $this->kept['contents'] );
		$cart->set_applied_coupons( $this->kept['coupons'] );
		$this->kept = null;
		$cart->calculate_totals();
		if ( WC()->session instanceof \WC_Session ) {
			WC()->session->set( 'order_awaiting_payment', $this->order_id );
		}
	}
}
