<?php
/**
 * The calls from the shop to the bridge.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Connection\Health;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * One method per call of the wire. A shop that is not connected gets the failure not-connected.
 */
final class Bridge {

	/**
	 * Seconds. An offer is asked for while a shopper's page is built.
	 */
	const OFFER_TIMEOUT      = 1;
	const MAY_CANCEL_TIMEOUT = 2;
	const PAGE_TIMEOUT       = 3;
	const CALL_TIMEOUT       = 10;

	/**
	 * Which bridge, and the key.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * HTTP.
	 *
	 * @var Transport
	 */
	private $transport;

	/**
	 * Whether the connection works.
	 *
	 * @var Health
	 */
	private $health;

	/**
	 * A client.
	 *
	 * @param Connection $connection Which bridge, and the key.
	 * @param Transport  $transport  HTTP.
	 * @param Health     $health     Whether the connection works.
	 */
	public function __construct( Connection $connection, Transport $transport, Health $health ) {
		$this->connection = $connection;
		$this->transport  = $transport;
		$this->health     = $health;
	}

	/**
	 * Proves the connection: store, mode, gateways, clock.
	 */
	public function hello(): Result {
		return $this->get( '/v1/hello', self::CALL_TIMEOUT );
	}

	/**
	 * Which accounts can take an amount.
	 *
	 * @param string $amount   Decimal.
	 * @param string $currency ISO 4217.
	 * @param string $locale   WordPress locale.
	 */
	public function offer( string $amount, string $currency, string $locale ): Result {
		$query = http_build_query( compact( 'amount', 'currency', 'locale' ), '', '&', PHP_QUERY_RFC3986 );
		return $this->get( "/v1/offer?$query", self::OFFER_TIMEOUT );
	}

	/**
	 * Starts a payment, or finds the one that was started.
	 *
	 * @param array<string, mixed> $request Fields of the checkout.
	 */
	public function checkout( array $request ): Result {
		$result = $this->call( 'POST', '/v1/checkouts', $request, self::CALL_TIMEOUT );
		return $result->ok && '' === $result->text( 'redirect_url' ) ? Result::failure( 'bad-answer', $result->status ) : $result;
	}

	/**
	 * What the bridge knows of an order.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function order( \WC_Order $order ): Result {
		return $this->get( self::path( $order ), self::PAGE_TIMEOUT );
	}

	/**
	 * The same, after a look-up at the gateway.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function recheck( \WC_Order $order ): Result {
		return $this->call( 'POST', self::path( $order, '/recheck' ), array(), self::CALL_TIMEOUT );
	}

	/**
	 * Asks for a refund.
	 *
	 * @param \WC_Order            $order   Order.
	 * @param array<string, mixed> $request Refund id, amount, currency, reason.
	 */
	public function refund( \WC_Order $order, array $request ): Result {
		return $this->call( 'POST', self::path( $order, '/refunds' ), $request, self::CALL_TIMEOUT );
	}

	/**
	 * Tells that the shop has cancelled an order.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function cancel( \WC_Order $order ): Result {
		return $this->call( 'POST', self::path( $order, '/cancel' ), array(), self::CALL_TIMEOUT );
	}

	/**
	 * Whether an unpaid order may be given up: only a clear yes is one.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function may_cancel( \WC_Order $order ): bool {
		$result = $this->get( self::path( $order, '/may-cancel' ), self::MAY_CANCEL_TIMEOUT );
		return $result->ok && 'yes' === $result->text( 'may_cancel' );
	}

	/**
	 * What a person of this shop has to look at, newest first, and what is wrong with the connection.
	 *
	 * @param int $limit How many items at most.
	 */
	public function attention( int $limit = 50 ): Result {
		return $this->get( "/v1/attention?limit=$limit", self::PAGE_TIMEOUT );
	}

	/**
	 * An order by its number, and by the hash of its key: the number alone may have been another order's.
	 *
	 * @param \WC_Order $order  Order.
	 * @param string    $action What is asked, with a slash in front.
	 */
	private static function path( \WC_Order $order, string $action = '' ): string {
		$hash = Order_Payment::key_hash( $order );
		return "/v1/orders/{$order->get_id()}$action" . ( '' === $hash ? '' : "?order_key_hash=$hash" );
	}

	/**
	 * A read.
	 *
	 * @param string $path    Path and query.
	 * @param int    $timeout Seconds.
	 */
	private function get( string $path, int $timeout ): Result {
		return $this->call( 'GET', $path, null, $timeout );
	}

	/**
	 * A signed call.
	 *
	 * @param string                    $method  GET or POST.
	 * @param string                    $path    Path and query.
	 * @param array<string, mixed>|null $body    Fields; null: none.
	 * @param int                       $timeout Seconds.
	 */
	private function call( string $method, string $path, ?array $body, int $timeout ): Result {
		$key = $this->connection->key();
		if ( null === $key ) {
			return Result::failure( 'not-connected' );
		}
		$result = $this->transport->send( $this->connection->url(), $key, $method, $path, $body, $timeout );
		$this->health->record( $result );
		return $result;
	}
}
