<?php
/**
 * What the bridge says of an order, remembered for some seconds.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * Pages of owners and shoppers read through this, so that reloading them does not become as many calls.
 */
final class Order_Views {

	const LIFE         = 10;
	const SILENCE_LIFE = 5;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * Views.
	 *
	 * @param Bridge $bridge The bridge.
	 */
	public function __construct( Bridge $bridge ) {
		$this->bridge = $bridge;
	}

	/**
	 * The order's view; a failure says why there is none.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function of( \WC_Order $order ): Result {
		$known = get_transient( self::name( $order ) );
		if ( is_array( $known ) ) {
			return Result::stored( $known );
		}
		return $this->keep( $order, $this->bridge->order( $order ) );
	}

	/**
	 * Looks at the gateway again.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function recheck( \WC_Order $order ): Result {
		$result = $this->bridge->recheck( $order );
		return $result->ok ? $this->keep( $order, $result ) : $result;
	}

	/**
	 * The attempt that the view is about: the one that paid the order, else one that can be paid, else the newest.
	 *
	 * @param Result $view The order's view.
	 * @return array<string, mixed>
	 */
	public static function main_attempt( Result $view ): array {
		foreach ( $view->rows( 'attempts' ) as $attempt ) {
			if ( ( $attempt['invoice'] ?? null ) === $view->text( 'invoice' ) ) {
				return $attempt;
			}
		}
		return array();
	}

	/**
	 * Address of the order's page; empty when the bridge names none.
	 *
	 * @param Result $view The order's view.
	 */
	public static function page( Result $view ): string {
		$page    = $view->text( 'pay_url' );
		$attempt = self::main_attempt( $view );
		return '' === $page && is_string( $attempt['pay_url'] ?? null ) ? $attempt['pay_url'] : $page;
	}

	/**
	 * Remembers a view.
	 *
	 * @param \WC_Order $order Order.
	 * @param Result    $view  What the bridge said.
	 */
	private function keep( \WC_Order $order, Result $view ): Result {
		set_transient( self::name( $order ), $view->to_store(), $view->ok ? self::LIFE : self::SILENCE_LIFE );
		return $view;
	}

	/**
	 * Name of the transient.
	 *
	 * @param \WC_Order $order Order.
	 */
	private static function name( \WC_Order $order ): string {
		return "gatewright_view_{$order->get_id()}_" . substr( Order_Payment::key_hash( $order ), 0, 16 );
	}
}
