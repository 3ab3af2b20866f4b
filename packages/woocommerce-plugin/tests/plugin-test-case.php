<?php
/**
 * A shop with the running plugin, connected to a bridge that answers what the test says.
 */

use Gatewright\WooCommerce\Plugin;
use Gatewright\WooCommerce\Wire\Signature;
use PHPUnit\Framework\TestCase;

abstract class Plugin_Test_Case extends TestCase {

	const BRIDGE = 'https://pay.example';
	const KEY    = array( 'id' => 'gwk_1', 'secret' => 'a-secret-of-the-test' );

	/** @var Plugin */
	protected $plugin;

	protected function setUp(): void {
		Site::reset();
		$this->plugin = new Plugin( static function () {
			return Site::$now;
		} );
		$this->plugin->start();
		do_action( 'init' );
		do_action( 'rest_api_init' );
	}

	protected function connect( array $facts = array() ): void {
		$this->plugin->connection()->pair( self::BRIDGE, self::KEY, Site::$now );
		Site::$options['gatewright_connection']          += $facts + array( 'mode' => 'live', 'gateways' => array( 'crypto-pay' => 'Crypto Pay', 'ton-nft' => 'TON NFT' ) );
		Site::$options['woocommerce_gatewright_settings'] = array( 'enabled' => 'yes' );
	}

	protected function order( array $fields = array() ): int {
		return Order_Store::add( $fields );
	}

	protected function answer( string $call, $body, int $status = 200 ): void {
		Site::$http[ $call ] = array( $status, $body );
	}

	protected function problem( string $call, int $status, string $code ): void {
		$this->answer( $call, array( 'code' => $code, 'owner_message' => "owner: $code", 'shopper_message' => "shopper: $code" ), $status );
	}

	/** A signed call of the bridge; $change replaces header values by short name. */
	protected function from_bridge( string $method, string $route, $body = null, array $change = array(), array $key = self::KEY ): WP_REST_Response {
		$raw                    = null === $body ? '' : ( is_string( $body ) ? $body : json_encode( $body ) );
		$target                 = "/wp-json$route";
		$headers                = $change + Signature::headers( $key, Site::$now, $method, $target, $raw );
		$_SERVER['REQUEST_URI'] = addslashes( $target );
		return rest_do( new WP_REST_Request( $method, $route, array_filter( $headers, 'is_string' ), $raw ) );
	}

	protected function settle( int $order_id, array $change = array() ): WP_REST_Response {
		return $this->from_bridge(
			'POST',
			"/wc-gatewright/v1/orders/$order_id/settle",
			$change + array(
				'claim'             => 'clm_1',
				'invoice'           => 'inv_1',
				'transaction_id'    => '0xabc',
				'expected_total'    => '39.98',
				'expected_currency' => 'USD',
				'note'              => 'Paid with 39.98 USDT.',
			)
		);
	}

	protected function command( int $order_id, string $command, array $body = array() ): WP_REST_Response {
		return $this->from_bridge( 'POST', "/wc-gatewright/v1/orders/$order_id/$command", $body + array( 'invoice' => 'inv_1', 'note' => 'because' ) );
	}

	/** @return Gatewright\WooCommerce\Gateway\Method */
	protected function method( int $at = 0 ) {
		return apply_filters( 'woocommerce_payment_gateways', array() )[ $at ];
	}

	protected function sent_body( int $at = -1 ): array {
		return json_decode( array_slice( Site::$sent, $at, 1 )[0]['body'], true );
	}

	protected function output_of( callable $work ): string {
		ob_start();
		try {
			$work();
		} finally {
			$text = ob_get_clean();
		}
		return $text;
	}

	/** What process_payment tells the shopper when it starts nothing. */
	protected function refusal( int $order_id, int $at = 0 ): string {
		try {
			$this->method( $at )->process_payment( $order_id );
		} catch ( Gatewright\WooCommerce\Gateway\Payment_Refused $refusal ) {
			return $refusal->getMessage();
		}
		$this->fail( 'the payment was started' );
	}

	/** How and with what a call ended the process. */
	protected function end_of( callable $work ): array {
		try {
			$work();
		} catch ( Process_Ended $end ) {
			return array( $end->getMessage(), $end->value );
		}
		$this->fail( 'the process went on' );
	}
}
