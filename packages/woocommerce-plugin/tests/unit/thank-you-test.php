<?php
/**
 * The thank-you page.
 */

final class Thank_You_Test extends Plugin_Test_Case {

	private $id;

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
		$this->id = $this->order();
	}

	private function bridge_says( string $status, array $more = array() ): void {
		Site::$transients = array();
		$this->answer( "GET /v1/orders/$this->id", $more + array( 'status' => $status, 'invoice' => 'inv_1', 'paid' => false, 'attempts' => array( array( 'invoice' => 'inv_1', 'pay_url' => 'https://pay.example/pay/inv_1' ) ) ) );
	}

	private function page(): string {
		return $this->output_of( function () {
			do_action( 'woocommerce_before_thankyou', $this->id );
		} );
	}

	private function ask( array $query ): array {
		$_GET = $query;
		return $this->end_of( static function () {
			do_action( 'wc_ajax_gatewright_status' );
		} );
	}

	/** @dataProvider states */
	public function test_shows_how_it_stands( string $order, string $bridge, string $text, bool $pay_again ): void {
		Order_Store::elsewhere( $this->id, array( 'status' => $order ) );
		$this->bridge_says( $bridge );
		$html = $this->page();
		$this->assertStringContainsString( $text, $html );
		$this->assertSame( $pay_again, 1 === preg_match( '/gatewright-pay-again" href="[^"]+">Pay again/', $html ) );
	}

	public function states(): array {
		return array(
			array( 'pending', 'open', 'waiting for your payment', true ),
			array( 'pending', 'processing', 'has been seen', false ),
			array( 'pending', 'settled', 'has been seen', false ),
			array( 'pending', 'expired', 'time to pay is over', true ),
			array( 'failed', 'canceled', 'time to pay is over', true ),
			array( 'on-hold', 'open', 'has been seen', false ),
			array( 'processing', 'open', 'has arrived', false ),
			array( 'cancelled', 'open', 'has been cancelled', false ),
			array( 'pending', 'brand-new', 'cannot be read', false ),
		);
	}

	public function test_who_has_chosen_nothing_yet_can_go_on(): void {
		$this->answer( "GET /v1/orders/$this->id", array( 'status' => null, 'invoice' => null, 'paid' => false, 'pay_url' => 'https://pay.example/pay/page_1', 'attempts' => array() ) );
		$html = $this->page();
		$this->assertStringContainsString( 'waiting for your payment', $html );
		$this->assertStringContainsString( 'href="https://pay.example/pay/page_1"', $html );
		Site::$transients = array();
		$this->problem( "GET /v1/orders/$this->id", 404, 'order-unknown' );
		$this->assertStringContainsString( 'waiting for your payment', $this->page() );
	}

	public function test_who_paid_a_part_is_not_offered_to_pay_all_again(): void {
		$this->bridge_says( 'open', array( 'attempts' => array( array( 'invoice' => 'inv_1', 'exceptions' => array( 'underpaid' ) ) ) ) );
		$this->assertStringContainsString( 'has been seen', $this->page() );
	}

	public function test_a_silent_bridge_does_not_make_anybody_pay_twice(): void {
		$html = $this->page();
		$this->assertStringContainsString( 'do not pay again', $html );
		$this->assertStringContainsString( 'hidden>Pay again', $html );
	}

	public function test_links_to_the_live_page_of_the_bridge_only(): void {
		$this->bridge_says( 'open' );
		$this->assertStringContainsString( 'href="https://pay.example/pay/inv_1"', $this->page() );
		$this->bridge_says( 'open', array( 'attempts' => array( array( 'invoice' => 'inv_1', 'pay_url' => 'https://evil.example/pay/inv_1' ) ) ) );
		$this->assertStringNotContainsString( 'evil.example', $this->page() );
	}

	public function test_goes_on_asking_until_it_is_decided(): void {
		$this->bridge_says( 'open' );
		$this->page();
		$this->assertArrayHasKey( 'gatewright-live-status', Site::$scripts );
		Site::$scripts = array();
		$this->settle( $this->id );
		$this->page();
		$this->assertSame( array(), Site::$scripts );
	}

	public function test_answers_whoever_has_the_orders_key(): void {
		$this->bridge_says( 'open' );
		$good = array( 'order_id' => (string) $this->id, 'key' => "wc_order_$this->id" );
		list( $how, $answer ) = $this->ask( $good );
		$this->assertSame( array( 'json', true, 'waiting', true ), array( $how, $answer['success'], $answer['data']['state'], $answer['data']['can_pay'] ) );
		foreach ( array( array( 'key' => 'wc_order_' ) + $good, array( 'order_id' => '999' ) + $good, array(), array( 'key' => '' ) + $good ) as $bad ) {
			$this->assertSame( array( 'json', array( 'success' => false, 'status' => 404 ) ), $this->ask( $bad ) );
		}
	}

	public function test_a_thousand_reloads_are_one_call(): void {
		$this->bridge_says( 'open' );
		foreach ( range( 1, 5 ) as $n ) {
			$this->ask( array( 'order_id' => (string) $this->id, 'key' => "wc_order_$this->id" ) );
		}
		$this->assertCount( 1, Site::$sent );
	}

	public function test_orders_of_others_are_left_alone(): void {
		$this->id = $this->order( array( 'method' => 'bacs' ) );
		$this->assertSame( '', $this->page() );
	}
}
