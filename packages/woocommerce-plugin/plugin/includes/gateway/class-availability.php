<?php
/**
 * Whether a payment method can be shown.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Bridge\Offers;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Orders\Amount;

defined( 'ABSPATH' ) || exit;

/**
 * By connection, currency and limits. A silent bridge hides the method.
 */
final class Availability {

	/**
	 * Which bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * What the bridge offers.
	 *
	 * @var Offers
	 */
	private $offers;

	/**
	 * Availability.
	 *
	 * @param Connection $connection Which bridge.
	 * @param Offers     $offers     What the bridge offers.
	 */
	public function __construct( Connection $connection, Offers $offers ) {
		$this->connection = $connection;
		$this->offers     = $offers;
	}

	/**
	 * Whether a gateway, or any of them, can take what is to be paid on this page. Where nothing is to be paid, such as in
	 * the admin, connection alone decides.
	 *
	 * @param string|null $gateway Gateway's id; null: any.
	 */
	public function has( ?string $gateway ): bool {
		if ( ! $this->connection->exists() ) {
			return false;
		}
		$due = self::due();
		if ( null === $due ) {
			return true;
		}
		$offered = $this->offers->gateways( $due['amount'], $due['currency'], determine_locale() );
		return null === $gateway ? array() !== $offered : in_array( $gateway, $offered, true );
	}

	/**
	 * Amount and currency of the order that is being paid, or of the cart; null when there is neither.
	 *
	 * @return array{amount: string, currency: string}|null
	 */
	private static function due(): ?array {
		$order_id = absint( get_query_var( 'order-pay' ) );
		$order    = $order_id > 0 ? wc_get_order( $order_id ) : null;
		if ( $order instanceof \WC_Order ) {
			return array(
				'amount'   => Amount::of_order( $order ),
				'currency' => $order->get_currency(),
			);
		}
		$cart = function_exists( 'WC' ) ? WC()->cart : null;
		if ( ! $cart instanceof \WC_Cart ) {
			return null;
		}
		$amount = Amount::at_scale( $cart->get_total( 'edit' ) );
		return Amount::equal( $amount, '0' ) ? null : array(
			'amount'   => $amount,
			'currency' => get_woocommerce_currency(),
		);
	}
}
