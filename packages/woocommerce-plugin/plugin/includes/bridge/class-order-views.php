<?php
/**
 * What the bridge says of an order, remembered for some seconds.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

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
	 * @param int $order_id Order.
	 */
	public function of( int $order_id ): Result {
		$known = get_transient( self::name( $order_id ) );
		if ( is_array( $known ) ) {
			return Result::stored( $known );
		}
		return $this->keep( $order_id, $this->bridge->order( $order_id ) );
	}

	/**
	 * Looks at the gateway again.
	 *
	 * @param int $order_id Order.
	 */
	public function recheck( int $order_id ): Result {
		$result = $this->bridge->recheck( $order_id );
		return $result->ok ? $this->keep( $order_id, $result ) : $result;
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
	 * @param int    $order_id Order.
	 * @param Result $view     What the bridge said.
	 */
	private function keep( int $order_id, Result $view ): Result {
		set_transient( self::name( $order_id ), $view->to_store(), $view->ok ? self::LIFE : self::SILENCE_LIFE );
		return $view;
	}

	/**
	 * Name of the transient.
	 *
	 * @param int $order_id Order.
	 */
	private static function name( int $order_id ): string {
		return "gatewright_view_$order_id";
	}
}
