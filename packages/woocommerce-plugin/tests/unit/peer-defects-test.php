<?php
/**
 * What peer plugins get wrong (woocommerce.md 10.1), one test each.
 */

final class Peer_Defects_Test extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
	}

	private static function sources(): array {
		$folder = new RecursiveIteratorIterator( new RecursiveDirectoryIterator( __DIR__ . '/../../plugin', FilesystemIterator::SKIP_DOTS ) );
		$found  = array();
		foreach ( $folder as $file ) {
			if ( 'php' === $file->getExtension() ) {
				$found[ $file->getRealPath() ] = php_strip_whitespace( $file->getPathname() );
			}
		}
		return $found;
	}

	private function assertNowhere( string $pattern ): void {
		$hits = array_keys( preg_grep( $pattern, self::sources() ) );
		$this->assertSame( array(), $hits, $pattern );
		$this->assertGreaterThan( 40, count( self::sources() ) );
	}

	public function test_btcpay_payment_complete_without_a_transaction_id(): void {
		$id = $this->order();
		$this->answer( 'POST /v1/checkouts', array( 'invoice' => null, 'redirect_url' => 'https://pay.example/pay/page_1' ) );
		$this->method()->process_payment( $id );
		$this->settle( $id, array( 'transaction_id' => '' ) );
		$this->assertSame( 'inv_1', Order_Store::$rows[ $id ]['transaction_id'] );
		$this->assertSame( 'https://pay.example/pay/page_1', $this->method()->get_transaction_url( wc_get_order( $id ) ) );
	}

	public function test_btcpay_swallows_exceptions_and_answers_200_so_that_news_is_lost(): void {
		$id                    = $this->order();
		Order_Store::$broken[] = $id;
		$reply                 = $this->settle( $id );
		$this->assertSame( array( 503, 'not_stored' ), array( $reply->status, $reply->data['code'] ) );
		$this->assertStringNotContainsString( 'The order could not be stored.', json_encode( $reply->data ), 'no inner text' );
		Order_Store::$broken = array();
		$this->assertSame( 'settled', $this->settle( $id )->data['outcome'] );
		$this->assertSame( array( $id ), Order_Store::$completed );
	}

	public function test_an_exception_of_another_plugins_listener_does_not_unpay_or_pay_twice(): void {
		add_action( 'woocommerce_payment_complete', static function () {
			throw new Exception( 'a licence server is down' );
		} );
		$id = $this->order();
		$this->assertSame( 'settled', $this->settle( $id )->data['outcome'] );
		$this->assertSame( 'already', $this->settle( $id )->data['outcome'] );
		$this->assertSame( 99, Order_Store::$stock );
	}

	public function test_an_error_of_another_plugins_listener_is_told_and_made_good(): void {
		add_action( 'woocommerce_payment_complete', static function () {
			static $first = true;
			if ( $first ) {
				$first = false;
				throw new Error( 'a bug elsewhere' );
			}
		} );
		$id = $this->order();
		$this->assertSame( 503, $this->settle( $id )->status );
		$this->assertSame( 'already', $this->settle( $id )->data['outcome'] );
		$this->assertSame( array( $id ), Order_Store::$completed );
	}

	public function test_btcpay_finds_orders_by_a_meta_query(): void {
		$this->assertNowhere( '/meta_query|meta_key|meta_value|wc_get_orders|get_post_meta|update_post_meta/' );
	}

	public function test_btcpay_returns_nothing_when_its_server_does_not_answer(): void {
		$this->assertNotSame( '', $this->refusal( $this->order() ) );
	}

	public function test_btcpay_and_all_others_have_no_lock(): void {
		global $wpdb;
		$id = $this->order();
		$this->settle( $id );
		$this->command( $id, 'note' );
		$name = Gatewright\WooCommerce\Orders\Order_Lock::name( $id );
		$this->assertSame( array( "get $name", "release $name", "get $name", "release $name" ), $wpdb->lock_log );
	}

	public function test_the_lock_is_released_when_the_work_throws(): void {
		global $wpdb;
		$id = $this->order();
		add_action( 'woocommerce_payment_complete', static function () {
			throw new Error( 'a bug elsewhere' );
		} );
		$this->settle( $id );
		$this->assertSame( array(), array_values( $wpdb->locks ) );
	}

	public function test_btcpay_wrongly_paid_by_unconfirmed_money(): void {
		$id = $this->order();
		$this->command( $id, 'hold' );
		$this->assertSame( array( 'on-hold', null ), array( Order_Store::$rows[ $id ]['status'], Order_Store::$rows[ $id ]['date_paid'] ) );
	}

	public function test_coinbase_sets_processing_before_payment_complete_so_that_its_hook_is_skipped(): void {
		$heard = array();
		add_action( 'woocommerce_payment_complete', static function ( $id, $transaction ) use ( &$heard ) {
			$heard[] = array( $id, $transaction );
		}, 10, 2 );
		$id = $this->order( array( 'status' => 'on-hold' ) );
		$this->settle( $id );
		$this->assertSame( array( array( $id, '0xabc' ) ), $heard );
		$this->assertNowhere( "/(set_status|update_status)\\(\\s*'(wc-)?(processing|completed)'/" );
	}

	public function test_coinbase_invents_a_status_of_its_own(): void {
		$this->assertNowhere( '/register_post_status|wc_order_statuses/' );
	}

	public function test_coinbase_btcpay_compare_signatures_without_hash_equals(): void {
		$this->assertNowhere( '/(===?|!==?)\s*\$headers\[\s*\'signature\'|\$\w*signature\s*(===?|!==?)/i' );
		$this->assertStringContainsString( 'hash_equals', self::sources()[ realpath( __DIR__ . '/../../plugin' ) . '/includes/wire/class-verifier.php' ] );
	}

	public function test_coinbase_and_coingate_answer_a_word_that_blocks_does_not_know(): void {
		$this->assertNowhere( "/'result'\\s*=>\\s*'fail'/" );
		$this->assertNotSame( '', $this->refusal( 999 ) );
	}

	public function test_coingate_writes_to_the_servers_log(): void {
		$this->assertNowhere( '/\berror_log\(|\bvar_dump\(|\bprint_r\(|\bvar_export\(/' );
	}

	public function test_coingate_builds_its_own_cancel_address_and_adds_arguments_twice(): void {
		$this->answer( 'POST /v1/checkouts', array( 'invoice' => 'i', 'redirect_url' => 'https://pay.example/pay/i' ) );
		$id = $this->order();
		$this->method()->process_payment( $id );
		$sent = $this->sent_body();
		$this->assertSame( wc_get_order( $id )->get_cancel_order_url_raw(), $sent['cancel_url'] );
		$this->assertSame( 1, substr_count( $sent['return_url'], 'key=' ) );
	}

	public function test_coingate_sends_the_customers_address_unasked(): void {
		$this->answer( 'POST /v1/checkouts', array( 'invoice' => 'i', 'redirect_url' => 'https://pay.example/pay/i' ) );
		$this->method()->process_payment( $this->order() );
		$this->assertStringNotContainsString( 'ada@example.com', Site::$sent[0]['body'] );
	}

	public function test_plisio_trusts_every_certificate_and_others_use_curl(): void {
		$this->assertNowhere( '/sslverify|CURLOPT|curl_init|file_get_contents\(/' );
	}

	public function test_mollie_an_old_attempt_ends_a_paid_order(): void {
		$id = $this->order();
		$this->settle( $id );
		foreach ( array( 'fail', 'cancel', 'hold' ) as $command ) {
			$this->assertSame( 'settled', $this->command( $id, $command, array( 'invoice' => 'inv_0' ) )->data['code'] );
		}
		$this->assertSame( 'processing', Order_Store::$rows[ $id ]['status'] );
	}

	public function test_mollie_late_money_reopens_a_refunded_order(): void {
		$id = $this->order();
		$this->settle( $id );
		wc_get_order( $id )->update_status( 'refunded' );
		$stock = Order_Store::$stock;
		$this->assertSame( 'already', $this->settle( $id )->data['outcome'] );
		$this->assertSame( 'paid_otherwise', $this->settle( $id, array( 'claim' => 'clm_2' ) )->data['code'] );
		$this->assertSame( array( 'refunded', $stock ), array( Order_Store::$rows[ $id ]['status'], Order_Store::$stock ) );
	}

	public function test_nowpayments_never_checks_the_currency(): void {
		$this->assertSame( 'currency_changed', $this->settle( $this->order(), array( 'expected_currency' => 'JPY' ) )->data['code'] );
	}

	public function test_secrets_stay_out_of_the_log_also_with_everything_logged(): void {
		Site::$options['woocommerce_gatewright_settings']['debug'] = 'yes';
		$this->problem( 'POST /v1/checkouts', 401, 'unauthorized' );
		$this->refusal( $this->order() );
		$this->settle( $this->order() );
		$this->from_bridge( 'GET', '/wc-gatewright/v1/status', null, array( 'Gatewright-Key' => 'gwk_x' ) );
		foreach ( array( self::KEY['secret'], 'ada@example.com', 'wc_order_', 'v1=' ) as $secret ) {
			$this->assertStringNotContainsString( $secret, Site::log_text() );
		}
		$this->assertNotSame( '', Site::log_text() );
	}
}
