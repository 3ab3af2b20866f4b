<?php
/**
 * Both a WooCommerce key and the bridge's signature.
 */

use Gatewright\WooCommerce\Wire\Nonces;
use Gatewright\WooCommerce\Wire\Signature;
use Gatewright\WooCommerce\Wire\Verifier;

final class Permission_Test extends Plugin_Test_Case {

	/** The vectors that the bridge's tests (TypeScript) read as well. */
	private static function vectors(): array {
		return json_decode( file_get_contents( __DIR__ . '/../../../../apps/woocommerce-bridge/fixtures/bridge-wire.json' ), true, 16, JSON_THROW_ON_ERROR );
	}

	public function vector(): array {
		return array_column( array_map( static function ( $vector ) {
			return array( $vector['name'], array( $vector ) );
		}, self::vectors()['vectors'] ), 1, 0 );
	}

	/** @dataProvider vector */
	public function test_signs_as_the_bridge_does( array $vector ): void {
		$canonical = Signature::canonical( $vector['timestamp'], $vector['nonce'], $vector['method'], $vector['target'], $vector['body'] );
		$this->assertSame( $vector['canonical'], $canonical );
		$this->assertSame( $vector['signature'], Signature::sign( self::vectors()['key']['secret'], $canonical ) );
	}

	public function check(): array {
		return array_column( array_map( static function ( $check ) {
			return array( $check['name'], array( $check ) );
		}, self::vectors()['checks'] ), 1, 0 );
	}

	/** @dataProvider check */
	public function test_checks_as_the_bridge_does( array $check ): void {
		$headers = array();
		foreach ( array( 'Key', 'Timestamp', 'Nonce', 'Signature' ) as $name ) {
			$headers[ strtolower( $name ) ] = $check['headers'][ "Gatewright-$name" ] ?? '';
		}
		$keys     = array( self::vectors()['key'], self::vectors()['previous_key'] );
		$verifier = new Verifier( new Nonces() );
		$this->assertSame( $check['expect'], $verifier->verify( $headers, $check['method'], $check['target'], $check['body'], $keys, $check['now'] ) );
	}

	public function order_key(): array {
		return array_map( static function ( $pair ) {
			return array( $pair['order_key'], (string) $pair['order_key_hash'] );
		}, self::vectors()['order_keys'] );
	}

	/** @dataProvider order_key */
	public function test_hashes_order_keys_as_the_bridge_does( string $key, string $hash ): void {
		$order = wc_get_order( $this->order( array( 'key' => $key ) ) );
		$this->assertSame( $hash, Gatewright\WooCommerce\Orders\Order_Payment::key_hash( $order ) );
	}

	private function note( array $change = array(), array $key = self::KEY ): WP_REST_Response {
		return $this->from_bridge( 'POST', '/wc-gatewright/v1/orders/14/note', array( 'note' => 'hello' ), $change, $key );
	}

	/** @dataProvider faults */
	public function test_401_with_one_body( string $reason, array $change ): void {
		$this->connect();
		$this->order();
		$reply     = $this->note( $change );
		$reference = $this->note( array( 'Gatewright-Signature' => 'v1=' . str_repeat( '1', 64 ) ) );
		$this->assertSame( array( 401, 'unauthorized' ), array( $reply->status, $reply->data['code'] ) );
		$this->assertSame( $reference->data, $reply->data );
		$this->assertStringContainsString( "bridge-auth: $reason", Site::log_text() );
		$this->assertSame( array(), Order_Store::$notes );
	}

	public function faults(): array {
		return array(
			array( 'bad-signature', array( 'Gatewright-Signature' => 'v1=' . str_repeat( '0', 64 ) ) ),
			array( 'unknown-key', array( 'Gatewright-Key' => 'gwk_other' ) ),
			array( 'header-malformed', array( 'Gatewright-Nonce' => 'short' ) ),
			array( 'header-malformed', array( 'Gatewright-Key' => 'gwk_1, gwk_1' ) ),
			array( 'header-missing', array( 'Gatewright-Timestamp' => null ) ),
		);
	}

	public function test_a_signature_without_a_key_of_the_shop_is_not_enough(): void {
		$this->connect();
		$this->order();
		Site::$may = array( 'read' );
		$this->assertSame( 401, $this->note()->status );
		$this->assertStringContainsString( 'bridge-auth: no-rest-key', Site::log_text() );
	}

	public function test_a_shop_that_is_not_connected_lets_nobody_in(): void {
		$this->order();
		$this->assertSame( 401, $this->note()->status );
		$this->assertSame( 401, $this->note( array(), array( 'id' => 'gwk_1', 'secret' => Verifier::NOBODY ) )->status );
	}

	public function test_the_permission_is_asked_twice_by_wordpress_and_the_nonce_spent_once(): void {
		$this->connect();
		$this->order();
		$this->assertSame( 200, $this->note()->status );
		$this->assertSame( '', Site::log_text() );
	}

	public function test_a_nonce_opens_once_even_when_the_cache_is_lost(): void {
		$this->connect();
		$this->order();
		$headers = Signature::headers( self::KEY, Site::$now, 'POST', '/wp-json/wc-gatewright/v1/orders/14/note', '{"note":"hello"}' );
		$this->assertSame( 200, $this->note( $headers )->status );
		Site::$transients = array();
		$this->assertSame( 401, $this->note( $headers )->status );
		$this->assertStringContainsString( 'nonce-used', Site::log_text() );
		$this->assertCount( 1, Order_Store::$notes );
	}

	public function test_nonces_are_kept_for_ten_minutes_and_then_removed(): void {
		global $wpdb;
		$this->connect();
		$this->order();
		$this->note();
		Site::$now += 600;
		$this->note();
		$this->assertCount( 2, $wpdb->tables['wp_gatewright_nonces']['rows'] );
		Site::$now += 600;
		$this->note();
		$this->assertCount( 2, $wpdb->tables['wp_gatewright_nonces']['rows'] );
	}

	public function test_503_when_a_nonce_cannot_be_stored(): void {
		global $wpdb;
		$this->connect();
		$this->order();
		$wpdb->fails = true;
		$this->assertSame( 503, $this->note()->status );
	}

	public function test_the_key_before_the_last_pairing_opens_for_a_day(): void {
		$this->connect();
		$this->order();
		$next = array( 'id' => 'gwk_2', 'secret' => 'another-secret-of-it' );
		$this->plugin->connection()->pair( self::BRIDGE, $next, Site::$now );
		$this->assertSame( array( 200, 200 ), array( $this->note()->status, $this->note( array(), $next )->status ) );
		Site::$now += DAY_IN_SECONDS + 1;
		$this->assertSame( array( 401, 200 ), array( $this->note()->status, $this->note( array(), $next )->status ) );
	}

	public function test_the_key_of_another_bridge_opens_no_longer(): void {
		$this->connect();
		$this->order();
		$this->plugin->connection()->pair( 'https://other.example', array( 'id' => 'gwk_2', 'secret' => 'another-secret-of-it' ), Site::$now );
		$this->assertSame( 401, $this->note()->status );
	}

	public function test_the_address_is_compared_as_it_was_sent(): void {
		$this->connect();
		$this->order();
		$target                 = "/wp-json/wc-gatewright/v1/orders/14/note?x='%27\\";
		$headers                = Signature::headers( self::KEY, Site::$now, 'POST', $target, '{"note":"hello"}' );
		$_SERVER['REQUEST_URI'] = addslashes( $target );
		$reply                  = rest_do( new WP_REST_Request( 'POST', '/wc-gatewright/v1/orders/14/note', $headers, '{"note":"hello"}' ) );
		$this->assertSame( 200, $reply->status, Site::log_text() );
	}

	public function test_400_with_the_versions_that_are_understood(): void {
		$this->connect();
		foreach ( array( $this->from_bridge( 'GET', '/wc-gatewright/v2/status' ), $this->note( array( 'Gatewright-Signature' => 'v2=' . str_repeat( '0', 64 ) ) ) ) as $reply ) {
			$this->assertSame( array( 400, 'unknown_version', array( 'v1' ) ), array( $reply->status, $reply->data['code'], $reply->data['understood'] ) );
		}
	}

	public function test_json_that_cannot_be_read_is_malformed_and_not_a_page(): void {
		$this->connect();
		$reply = $this->from_bridge( 'POST', '/wc-gatewright/v1/orders/14/note', '{"note":' );
		$this->assertSame( array( 400, 'malformed', 'application/problem+json' ), array( $reply->status, $reply->data['code'], $reply->headers['Content-Type'] ) );
	}

	public function test_status_tells_the_set_up_and_no_secret(): void {
		$this->connect();
		$this->note( array( 'Gatewright-Key' => 'gwk_other' ) );
		$ours           = array( 'id' => 3, 'topic' => 'order.updated', 'status' => 'active', 'delivery_url' => 'https://pay.example/webhooks/woocommerce/1', 'failure_count' => 2 );
		Site::$webhooks = array( 3 => new Webhook_Double( $ours ), 4 => new Webhook_Double( array( 'delivery_url' => 'https://pay.example.evil/x?token=1' ) + $ours ) );
		$report         = $this->from_bridge( 'GET', '/wc-gatewright/v1/status' )->data;
		$this->assertSame(
			array(
				'versions'           => array( 'woocommerce' => '11.0.1', 'wordpress' => '7.1', 'php' => PHP_VERSION, 'plugin' => GATEWRIGHT_VERSION ),
				'store_url'          => 'https://shop.example',
				'hpos'               => true,
				'blocks'             => true,
				'permalinks'         => 'pretty',
				'currency'           => 'USD',
				'decimals'           => 2,
				'hold_stock_minutes' => 60,
				'clock'              => Site::$now,
				'webhooks'           => array( array( 'id' => 3, 'topic' => 'order.updated', 'status' => 'active', 'delivery_url' => 'https://pay.example/webhooks/woocommerce/1', 'failures' => 2 ) ),
				'last_errors'        => array( array( 'at' => Site::$now, 'source' => 'bridge-auth', 'reason' => 'unknown-key', 'detail' => '' ) ),
			),
			$report
		);
	}

	public function test_a_stranger_who_knocks_often_writes_once_a_minute(): void {
		$this->connect();
		foreach ( range( 1, 5 ) as $n ) {
			$this->note( array( 'Gatewright-Key' => 'gwk_other' ) );
		}
		$this->assertCount( 1, get_option( 'gatewright_last_errors' ) );
		Site::$now += 61;
		$this->note( array( 'Gatewright-Key' => 'gwk_other' ) );
		$this->assertCount( 2, get_option( 'gatewright_last_errors' ) );
	}
}
