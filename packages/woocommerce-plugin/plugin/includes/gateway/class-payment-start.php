<?php
/**
 * Starting a payment.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Log\Log;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * What process_payment does: asks the bridge and sends the shopper there. The order stays as it is and the cart is
 * kept, so that whatever goes wrong can be tried again.
 */
final class Payment_Start {

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * Which bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * The plugin's log.
	 *
	 * @var Log
	 */
	private $log;

	/**
	 * Starting payments.
	 *
	 * @param Bridge     $bridge     The bridge.
	 * @param Connection $connection Which bridge.
	 * @param Log        $log        The plugin's log.
	 */
	public function __construct( Bridge $bridge, Connection $connection, Log $log ) {
		$this->bridge     = $bridge;
		$this->connection = $connection;
		$this->log        = $log;
	}

	/**
	 * Starts.
	 *
	 * @param \WC_Order            $order   Order.
	 * @param array<string, mixed> $request Body for the bridge.
	 * @return array{result: string, redirect: string}
	 * @throws Payment_Refused With the shopper's text.
	 */
	public function start( \WC_Order $order, array $request ): array {
		$result = $this->bridge->checkout( $request );
		if ( ! $result->ok ) {
			return $this->refused( $order, $result, (string) $request['return_url'] );
		}
		$redirect = $result->text( 'redirect_url' );
		if ( ! $this->is_allowed( $redirect ) ) {
			$this->log->fault( 'bridge-call', 'redirect-not-allowed', 'POST /v1/checkouts' );
			throw new Payment_Refused( esc_html( Result::failure( 'bad-answer' )->shopper_text() ) );
		}
		Order_Payment::started( $order, $result->text( 'invoice' ) );
		$order->update_meta_data( Order_Payment::PAGE, $redirect );
		if ( isset( $request['gateway'] ) ) {
			$order->update_meta_data( Order_Payment::GATEWAY, (string) $request['gateway'] );
		}
		// The methods of single gateways go when the owner changes the layout; refunds and links of this order must not.
		$order->set_payment_method( Order_Payment::GATEWAY_ID );
		$order->save();
		return array(
			'result'   => 'success',
			'redirect' => $redirect,
		);
	}

	/**
	 * A shopper whose payment has been made or seen is sent to the page that says so, not told to pay again.
	 *
	 * @param \WC_Order $order      Order.
	 * @param Result    $result     What the bridge said.
	 * @param string    $return_url Thank-you page.
	 * @return array{result: string, redirect: string}
	 * @throws Payment_Refused With the shopper's text.
	 */
	private function refused( \WC_Order $order, Result $result, string $return_url ): array {
		if ( in_array( $result->reason, array( 'order-paid', 'payment-in-progress' ), true ) ) {
			return array(
				'result'   => 'success',
				'redirect' => $return_url,
			);
		}
		$this->log->info( "Order {$order->get_id()}: not started: {$result->reason}. {$result->owner_text()}" );
		throw new Payment_Refused( esc_html( sanitize_text_field( $result->shopper_text() ) ) );
	}

	/**
	 * Shoppers are sent to the bridge itself or to https, and never to an address that could split a header.
	 *
	 * @param string $url Address the bridge gave.
	 */
	private function is_allowed( string $url ): bool {
		if ( 1 !== preg_match( '/\Ahttps?:\/\/[^\s"\'<>\\\\\x00-\x1f]+\z/i', $url ) || ! is_string( wp_parse_url( $url, PHP_URL_HOST ) ) ) {
			return false;
		}
		return 'https' === strtolower( (string) wp_parse_url( $url, PHP_URL_SCHEME ) )
			|| Bridge_Address::origin( $url ) === Bridge_Address::origin( $this->connection->url() );
	}
}
