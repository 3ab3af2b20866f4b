<?php
/**
 * What the bridge is asked at checkout.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Orders\Amount;

defined( 'ABSPATH' ) || exit;

/**
 * Body of POST /v1/checkouts. The bridge makes one attempt of the same order, amount, currency and gateway, so sending
 * it again is safe. A network is never named: the methods have no fields at checkout, so a shopper chooses one on the
 * bridge's page.
 */
final class Checkout_Request {

	const DESCRIPTION_LENGTH = 200;

	/**
	 * The body.
	 *
	 * @param \WC_Order           $order      Order.
	 * @param \WC_Payment_Gateway $method     Payment method, which knows the shop's return address.
	 * @param string|null         $gateway    Gateway's id; null: the shopper chooses at the bridge.
	 * @param bool                $with_email Whether the owner lets the customer's address go out.
	 * @return array<string, mixed>
	 */
	public static function of( \WC_Order $order, \WC_Payment_Gateway $method, ?string $gateway, bool $with_email ): array {
		$request = array(
			'order_id'      => $order->get_id(),
			'order_number'  => (string) $order->get_order_number(),
			'order_key'     => $order->get_order_key(),
			'amount'        => Amount::of_order( $order ),
			'currency'      => $order->get_currency(),
			'return_url'    => $method->get_return_url( $order ),
			'cancel_url'    => $order->get_cancel_order_url_raw(),
			'order_pay_url' => $order->get_checkout_payment_url(),
			'locale'        => determine_locale(),
			'description'   => self::description( $order ),
		);
		if ( null !== $gateway ) {
			$request['gateway'] = $gateway;
		}
		$email = (string) $order->get_billing_email();
		if ( $with_email && '' !== $email ) {
			$request['customer_email'] = $email;
		}
		return $request;
	}

	/**
	 * What the shopper reads at the gateway.
	 *
	 * @param \WC_Order $order Order.
	 */
	private static function description( \WC_Order $order ): string {
		/* translators: 1: order number 2: shop's name */
		$text = sprintf( __( 'Order %1$s, %2$s', 'gatewright-for-woocommerce' ), $order->get_order_number(), wp_specialchars_decode( get_bloginfo( 'name' ), ENT_QUOTES ) );
		return wp_html_excerpt( $text, self::DESCRIPTION_LENGTH );
	}
}
