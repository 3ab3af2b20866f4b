<?php
/**
 * How a payment stands, in a shopper's words.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Storefront;

use Gatewright\WooCommerce\Bridge\Order_Views;
use Gatewright\WooCommerce\Bridge\Result;

defined( 'ABSPATH' ) || exit;

/**
 * From the order, which is what counts, and from the bridge, which knows more while a payment is under way.
 */
final class Payment_State {

	const PAID     = 'paid';
	const SEEN     = 'seen';
	const WAITING  = 'waiting';
	const ENDED    = 'ended';
	const CANCELED = 'canceled';
	const UNKNOWN  = 'unknown';

	/**
	 * The state. A page that has the news before the shop shows "seen", never "paid".
	 *
	 * @param \WC_Order $order Order.
	 * @param Result    $view  The bridge's view of it.
	 */
	public static function of( \WC_Order $order, Result $view ): string {
		if ( $order->is_paid() ) {
			return self::PAID;
		}
		if ( $order->has_status( array( 'cancelled', 'refunded' ) ) ) {
			return self::CANCELED;
		}
		if ( $order->has_status( 'on-hold' ) || ( $view->ok && true === ( $view->body['paid'] ?? false ) ) ) {
			return self::SEEN;
		}
		if ( ! $view->ok ) {
			return 'order-unknown' === $view->reason ? self::WAITING : self::UNKNOWN;
		}
		if ( ! isset( $view->body['status'] ) && false === ( $view->body['paid'] ?? null ) ) {
			// The page was opened and nothing chosen on it.
			return self::WAITING;
		}
		switch ( $view->text( 'status' ) ) {
			case 'processing':
			case 'settled':
				return self::SEEN;
			case 'expired':
			case 'canceled':
			case 'failed':
				return self::ENDED;
			case 'creating':
			case 'open':
				$attempt  = Order_Views::main_attempt( $view );
				$underway = in_array( 'underpaid', is_array( $attempt['exceptions'] ?? null ) ? $attempt['exceptions'] : array(), true );
				return $underway ? self::SEEN : self::WAITING;
			default:
				return self::UNKNOWN;
		}
	}

	/**
	 * The text.
	 *
	 * @param string $state State.
	 */
	public static function text( string $state ): string {
		switch ( $state ) {
			case self::PAID:
				return __( 'Your payment has arrived. Thank you.', 'gatewright-for-woocommerce' );
			case self::SEEN:
				return __( 'Your payment has been seen and is being checked. You need not do anything.', 'gatewright-for-woocommerce' );
			case self::WAITING:
				return __( 'We are waiting for your payment.', 'gatewright-for-woocommerce' );
			case self::ENDED:
				return __( 'The time to pay is over, or the payment was given up. If you have sent money, do not pay again: contact the shop.', 'gatewright-for-woocommerce' );
			case self::CANCELED:
				return __( 'This order has been cancelled. If you have sent money, contact the shop.', 'gatewright-for-woocommerce' );
			default:
				return __( 'The state of your payment cannot be read at the moment. If you have paid, do not pay again.', 'gatewright-for-woocommerce' );
		}
	}

	/**
	 * Whether asking again later can bring news.
	 *
	 * @param string $state State.
	 */
	public static function may_change( string $state ): bool {
		return ! in_array( $state, array( self::PAID, self::CANCELED ), true );
	}

	/**
	 * Whether the shopper should be offered to pay.
	 *
	 * @param string    $state State.
	 * @param \WC_Order $order Order.
	 */
	public static function can_pay( string $state, \WC_Order $order ): bool {
		return in_array( $state, array( self::WAITING, self::ENDED ), true ) && $order->needs_payment();
	}
}
