<?php
/**
 * Availability and process_payment.
 */

final class Checkout_Test extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
		Site::$cart = new WC_Cart( '49.9' );
	}

	private function offer( array $gateways ): void {
		$this->answer(
			'GET /v1/offer',
			array(
				'accounts'    => array_map( static function ( $gateway ) {
					return array( 'gateway' => $gateway );
				}, $gateways ),
				'unavailable' => array( array( 'gateway' => 'ton-nft', 'owner_message' => 'No rate for USD.' ) ),
			)
		);
	}

	private function separate(): void {
		Site::$options['woocommerce_gatewright_settings']['layout'] = 'separate';
	}

	public function test_asks_for_amount_currency_and_locale_within_a_second_and_once_in_30_seconds(): void {
		$this->offer( array( 'crypto-pay' ) );
		$this->assertTrue( $this->method()->is_available() );
		Site::$now += 29;
		$this->assertTrue( $this->method()->is_available() );
		$this->assertCount( 1, Site::$sent );
		$this->assertSame( array( '/v1/offer?amount=49.90&currency=USD&locale=de_DE', 1 ), array( Site::$sent[0]['target'], Site::$sent[0]['timeout'] ) );
		Site::$now += 1;
		$this->offer( array() );
		$this->assertFalse( $this->method()->is_available() );
	}

	public function test_a_silent_bridge_hides_the_method_and_is_not_waited_for_at_every_look(): void {
		Site::$http['GET /v1/offer'] = 'hang';
		$this->assertFalse( $this->method()->is_available() );
		$this->assertFalse( $this->method()->is_available() );
		$this->assertCount( 1, Site::$sent );
		Site::$now += 11;
		$this->offer( array( 'crypto-pay' ) );
		$this->assertTrue( $this->method()->is_available() );
	}

	public function test_hidden_gateways_are_explained_to_the_owner(): void {
		$this->offer( array( 'crypto-pay' ) );
		$this->method()->is_available();
		$this->assertStringContainsString( 'Hidden for 49.90 USD: ton-nft. No rate for USD.', Site::log_text() );
	}

	public function test_hidden_gateways_are_listed_in_the_settings_for_a_day(): void {
		$this->offer( array( 'crypto-pay' ) );
		$this->method()->is_available();
		$this->answer( 'GET /v1/hello', array( 'gateways' => array( array( 'gateway' => 'ton-nft', 'title' => 'TON <collectibles>' ) ) ) );
		$screen = function (): string {
			ob_start();
			$this->plugin->connection_view()->render();
			return (string) ob_get_clean();
		};
		$this->assertMatchesRegularExpression( '/was not shown at checkout for 49\.90 USD.*No rate for USD\./s', $screen() );
		$this->assertStringNotContainsString( '<collectibles>', $screen() );
		Site::$now += 86401;
		$this->assertStringNotContainsString( 'was not shown', $screen() );
	}

	public function test_a_reason_that_is_known_is_not_written_at_every_checkout(): void {
		$hidden = new \Gatewright\WooCommerce\Bridge\Hidden_Methods( static function () {
			return Site::$now;
		} );
		$hidden->add( 'ton-nft', '49.90 USD', 'No rate for USD.' );
		$hidden->add( 'ton-nft', '10.00 USD', 'No rate for USD.' );
		$this->assertSame( '49.90 USD', $hidden->all()['ton-nft']['amount'] );
		Site::$now += 601;
		$hidden->add( 'ton-nft', '10.00 USD', 'No rate for USD.' );
		$this->assertSame( '10.00 USD', $hidden->all()['ton-nft']['amount'] );
		$hidden->add( 'ton-nft', '5.00 EUR', 'Too little.' );
		$this->assertSame( 'Too little.', $hidden->all()['ton-nft']['text'] );
	}

	public function test_no_cart_is_no_fatal_error(): void {
		Site::$cart = null;
		$this->assertTrue( $this->method()->is_available() );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_order_pay_asks_for_the_orders_amount_and_currency(): void {
		$this->offer( array( 'crypto-pay' ) );
		Site::$query['order-pay'] = (string) $this->order( array( 'total' => '7', 'currency' => 'EUR' ) );
		$this->assertTrue( $this->method()->is_available() );
		$this->assertStringStartsWith( '/v1/offer?amount=7.00&currency=EUR', Site::$sent[0]['target'] );
	}

	/** The combined method of a PHP process that starts now. */
	private function fresh_method(): Gatewright\WooCommerce\Gateway\Method {
		return ( new Gatewright\WooCommerce\Plugin( 'time' ) )->methods()->all()[0];
	}

	public function test_not_available_when_disabled_or_not_connected(): void {
		$this->offer( array( 'crypto-pay' ) );
		$this->assertTrue( $this->fresh_method()->is_available() );
		Site::$options['woocommerce_gatewright_settings']['enabled'] = 'no';
		$this->assertFalse( $this->fresh_method()->is_available() );
		Site::$options['woocommerce_gatewright_settings']['enabled'] = 'yes';
		$this->plugin->connection()->disconnect();
		$this->assertFalse( $this->fresh_method()->is_available() );
		Site::$cart = null;
		$this->assertFalse( $this->fresh_method()->is_available() );
	}

	public function test_one_method_per_gateway(): void {
		$this->separate();
		$this->offer( array( 'crypto-pay' ) );
		$available = array();
		foreach ( apply_filters( 'woocommerce_payment_gateways', array() ) as $method ) {
			$available[ $method->id ] = $method->is_available();
		}
		$this->assertSame( array( 'gatewright' => false, 'gatewright_crypto-pay' => true, 'gatewright_ton-nft' => false ), $available );
		$this->assertSame( 'Crypto Pay', $this->method( 1 )->title );
	}

	private function ready( string $url = 'https://pay.example/pay/inv_1' ): void {
		$this->answer( 'POST /v1/checkouts', array( 'invoice' => 'inv_1', 'redirect_url' => $url, 'expires_at' => 1 ) );
	}

	public function test_posts_the_order_and_hands_on_the_redirect(): void {
		$this->ready();
		$id = $this->order();
		$this->assertSame( array( 'result' => 'success', 'redirect' => 'https://pay.example/pay/inv_1' ), $this->method()->process_payment( $id ) );
		$this->assertSame(
			array(
				'order_id'      => $id,
				'order_number'  => "W-$id",
				'order_key'     => "wc_order_$id",
				'amount'        => '39.98',
				'currency'      => 'USD',
				'return_url'    => "https://shop.example/checkout/order-received/$id/?key=wc_order_$id",
				'cancel_url'    => "https://shop.example/cart/?cancel_order=true&order=wc_order_$id&order_id=$id&_wpnonce=0123456789",
				'order_pay_url' => "https://shop.example/checkout/order-pay/$id/?pay_for_order=true&key=wc_order_$id",
				'locale'        => 'de_DE',
				'description'   => "Order W-$id, Shop & Sons",
			),
			$this->sent_body()
		);
		$row = Order_Store::$rows[ $id ];
		$this->assertSame( array( 'pending', 'inv_1', 'pending' ), array( $row['status'], $row['meta']['_gatewright_invoice'], $row['meta']['_gatewright_own_status'] ) );
	}

	public function test_every_call_is_signed_with_a_nonce_of_its_own(): void {
		$this->ready();
		$id = $this->order();
		$this->method()->process_payment( $id );
		$this->method()->process_payment( $id );
		foreach ( Site::$sent as $call ) {
			$canonical = implode( "\n", array( 'v1', $call['headers']['Gatewright-Timestamp'], $call['headers']['Gatewright-Nonce'], $call['method'], $call['target'], hash( 'sha256', $call['body'] ) ) );
			$this->assertSame( 'v1=' . hash_hmac( 'sha256', $canonical, self::KEY['secret'] ), $call['headers']['Gatewright-Signature'] );
			$this->assertSame( str_replace( '_', '-', determine_locale() ), $call['headers']['Accept-Language'] );
		}
		$this->assertNotSame( Site::$sent[0]['headers']['Gatewright-Nonce'], Site::$sent[1]['headers']['Gatewright-Nonce'] );
		$this->assertSame( Site::$sent[0]['body'], Site::$sent[1]['body'], 'a retry is the same attempt' );
	}

	public function test_a_bridge_in_a_folder_is_signed_with_the_whole_path(): void {
		$this->plugin->connection()->pair( 'https://example.com/pay', self::KEY, Site::$now );
		$this->answer( 'POST /pay/v1/checkouts', array( 'invoice' => 'i', 'redirect_url' => 'https://example.com/pay/pay/i' ) );
		$this->assertSame( 'success', $this->method()->process_payment( $this->order() )['result'] );
		$call      = Site::$sent[0];
		$canonical = Gatewright\WooCommerce\Wire\Signature::canonical( $call['headers']['Gatewright-Timestamp'], $call['headers']['Gatewright-Nonce'], 'POST', '/pay/v1/checkouts', $call['body'] );
		$this->assertSame( Gatewright\WooCommerce\Wire\Signature::sign( self::KEY['secret'], $canonical ), $call['headers']['Gatewright-Signature'] );
	}

	public function test_the_customers_address_goes_out_only_when_the_owner_wants_it(): void {
		$this->ready();
		$this->method()->process_payment( $this->order() );
		$this->assertArrayNotHasKey( 'customer_email', $this->sent_body() );
		Site::$options['woocommerce_gatewright_settings']['customer_email'] = 'yes';
		$this->method()->process_payment( $this->order() );
		$this->assertSame( 'ada@example.com', $this->sent_body()['customer_email'] );
	}

	public function test_a_gateways_own_method_names_it_and_the_order_outlives_the_layout(): void {
		$this->separate();
		$this->ready();
		$id = $this->order( array( 'method' => 'gatewright_crypto-pay' ) );
		$this->method( 1 )->process_payment( $id );
		$this->assertSame( 'crypto-pay', $this->sent_body()['gateway'] );
		$this->assertSame( array( 'gatewright', 'Crypto and more' ), array( Order_Store::$rows[ $id ]['method'], Order_Store::$rows[ $id ]['method_title'] ) );
	}

	public function test_the_bridges_word_reaches_the_shopper_and_the_order_stays_as_it_was(): void {
		$this->problem( 'POST /v1/checkouts', 422, 'amount-too-small' );
		$id     = $this->order();
		$before = Order_Store::$rows[ $id ];
		$this->assertSame( 'shopper: amount-too-small', $this->refusal( $id ) );
		$this->assertSame( $before, Order_Store::$rows[ $id ] );
		$this->assertStringContainsString( 'owner: amount-too-small', Site::log_text() );
	}

	/** @dataProvider silences */
	public function test_silence_can_be_tried_again( $answer ): void {
		Site::$http['POST /v1/checkouts'] = $answer;
		$id = $this->order();
		$this->assertStringContainsString( 'not possible right now', $this->refusal( $id ) );
		$this->ready();
		$this->assertSame( 'success', $this->method()->process_payment( $id )['result'] );
	}

	public function silences(): array {
		return array(
			'nothing'             => array( null ),
			'too slow'            => array( 'hang' ),
			'a page'              => array( array( 200, '<html>maintenance</html>' ) ),
			'a redirect'          => array( array( 302, '' ) ),
			'no redirect_url'     => array( array( 200, array( 'invoice' => 'inv_1' ) ) ),
			'a list'              => array( array( 200, '[1]' ) ),
			'an error page'       => array( array( 502, '<html></html>' ) ),
			'a megabyte and more' => array( array( 200, '{"invoice":"i","redirect_url":"https://pay.example/","x":"' . str_repeat( 'x', 1048576 ) . '"}' ) ),
		);
	}

	/** @dataProvider places */
	public function test_the_shopper_is_sent_to_the_bridge_or_to_https( string $url, string $result ): void {
		$this->ready( $url );
		if ( 'success' === $result ) {
			$this->assertSame( $url, $this->method()->process_payment( $this->order() )['redirect'] );
		} else {
			$this->assertNotSame( '', $this->refusal( $this->order() ) );
		}
	}

	public function test_a_refusal_leaves_no_notice_that_would_refuse_the_retry_in_blocks(): void {
		$this->refusal( $this->order() );
		$this->assertSame( array(), Site::$notices );
	}

	public function test_markup_in_the_bridges_word_is_shown_to_nobody(): void {
		$this->answer( 'POST /v1/checkouts', array( 'code' => 'x', 'shopper_message' => 'No <a href="https://evil.example">a & b</a>' ), 422 );
		$this->assertSame( 'No a &amp; b', $this->refusal( $this->order() ) );
	}

	public function places(): array {
		return array(
			array( 'https://gateway.example/1?a=b', 'success' ),
			array( 'http://gateway.example/1', 'failure' ),
			array( 'javascript:alert(1)', 'failure' ),
			array( "https://gateway.example/\r\nSet-Cookie: a=b", 'failure' ),
			array( '//gateway.example/', 'failure' ),
			array( 'https://', 'failure' ),
		);
	}

	/** @dataProvider paid */
	public function test_who_has_paid_is_not_told_to_pay_again( string $code ): void {
		$this->problem( 'POST /v1/checkouts', 409, $code );
		$id = $this->order();
		$this->assertSame( array( 'result' => 'success', 'redirect' => "https://shop.example/checkout/order-received/$id/?key=wc_order_$id" ), $this->method()->process_payment( $id ) );
	}

	public function paid(): array {
		return array( array( 'order-paid' ), array( 'payment-in-progress' ) );
	}

	public function test_the_cart_is_kept_until_the_order_is_paid(): void {
		$this->ready();
		$id = $this->order();
		$this->method()->process_payment( $id );
		$emptied = function (): int {
			$before = Order_Store::$carts_emptied;
			add_action( 'template_redirect', 'wc_clear_cart_after_payment', 20 );
			do_action( 'template_redirect' );
			return Order_Store::$carts_emptied - $before;
		};
		Site::$query['order-received'] = (string) $id;
		$this->assertSame( 0, $emptied() );
		$this->settle( $id );
		$this->assertSame( 1, $emptied() );
		remove_action( 'template_redirect', 'wc_clear_cart_after_payment', 20 );
		Site::$query['order-received'] = (string) $this->order( array( 'method' => 'bacs' ) );
		$this->assertSame( 1, $emptied(), 'orders of others are none of our business' );
	}

	public function test_the_thank_you_page_as_a_shortcode_empties_no_cart_either(): void {
		$this->ready();
		$id            = $this->order();
		Site::$session = new WC_Session();
		$this->method()->process_payment( $id );
		Site::$query['order-received'] = (string) $id;
		$before                        = array( Site::$cart->get_cart_contents(), Site::$cart->get_applied_coupons() );
		do_action( 'template_redirect' );
		Site::$cart->empty_cart();
		$this->assertSame( $before, array( Site::$cart->get_cart_contents(), Site::$cart->get_applied_coupons() ) );
		$this->assertSame( $before, Site::$cart->stored );
		$this->assertSame( $id, Site::$session->values['order_awaiting_payment'], 'a retry pays the same order' );
	}

	public function test_the_cart_of_a_paid_order_goes(): void {
		$id = $this->order();
		$this->settle( $id );
		Site::$query['order-received'] = (string) $id;
		do_action( 'template_redirect' );
		Site::$cart->empty_cart();
		$this->assertTrue( Site::$cart->is_empty() );
	}

	public function test_test_mode_says_so_at_checkout(): void {
		$this->connect( array( 'mode' => 'test' ) );
		Site::$options['gatewright_connection']['mode'] = 'test';
		$method = ( new Gatewright\WooCommerce\Plugin( 'time' ) )->methods()->all()[0];
		$this->assertStringContainsString( 'Test mode', $method->description );
		$this->assertTrue( $method->is_test_mode() );
	}

	public function test_checkout_made_of_blocks(): void {
		$this->separate();
		$this->offer( array( 'crypto-pay' ) );
		$registry = new class() {
			public $methods = array();
			public function register( $method ) {
				$this->methods[ $method->get_name() ] = $method;
			}
		};
		do_action( 'woocommerce_blocks_payment_method_type_registration', $registry );
		$this->assertSame( array( 'gatewright', 'gatewright_crypto-pay', 'gatewright_ton-nft' ), array_keys( $registry->methods ) );
		$method = $registry->methods['gatewright_crypto-pay'];
		$this->assertTrue( $method->is_active() );
		$this->assertFalse( $registry->methods['gatewright']->is_active() );
		$this->assertSame( array( 'gatewright-blocks' ), $method->get_payment_method_script_handles() );
		$this->assertSame( array( 'window.gatewrightMethods = ["gatewright","gatewright_crypto-pay","gatewright_ton-nft"];' ), Site::$scripts['gatewright-blocks']['inline'] );
		$this->assertSame( array( 'title' => 'Crypto Pay', 'description' => '', 'button' => 'Continue to payment', 'supports' => array( 'products', 'refunds' ) ), $method->get_payment_method_data() );
	}
}
