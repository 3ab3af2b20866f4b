<?php
/**
 * Hold stock, shoppers and owners who cancel.
 */

final class Cancel_Test extends Plugin_Test_Case {

	private $id;

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
		$this->id = $this->order();
	}

	private function may( $answer ): void {
		Site::$http[ "GET /v1/orders/$this->id/may-cancel" ] = $answer;
	}

	private function gives_up( $cancel = true ) {
		return apply_filters( 'woocommerce_cancel_unpaid_order', $cancel, wc_get_order( $this->id ) );
	}

	public function test_a_clear_yes_lets_the_order_go(): void {
		$this->may( array( 200, array( 'may_cancel' => 'yes' ) ) );
		$this->assertTrue( $this->gives_up() );
		$this->assertSame( 2, Site::$sent[0]['timeout'] );
	}

	/** @dataProvider doubts */
	public function test_every_doubt_keeps_the_order( $answer ): void {
		$this->may( $answer );
		$this->assertFalse( $this->gives_up() );
	}

	public function doubts(): array {
		return array(
			'no'        => array( array( 200, array( 'may_cancel' => 'no' ) ) ),
			'unknown'   => array( array( 200, array( 'may_cancel' => 'unknown' ) ) ),
			'true'      => array( array( 200, array( 'may_cancel' => true ) ) ),
			'silence'   => array( 'hang' ),
			'nobody'    => array( null ),
			'an error'  => array( array( 500, array( 'code' => 'broken' ) ) ),
			'a page'    => array( array( 200, '<html>' ) ),
		);
	}

	public function test_an_order_that_was_paid_meanwhile_is_kept(): void {
		$id = $this->id;
		$this->may( static function () use ( $id ) {
			Order_Store::elsewhere( $id, array( 'status' => 'processing' ) );
			return array( 200, array( 'may_cancel' => 'yes' ) );
		} );
		$this->assertFalse( $this->gives_up() );
	}

	public function test_nobody_is_asked_for_orders_of_others_and_orders_that_stay_anyway(): void {
		$this->assertFalse( $this->gives_up( false ) );
		$this->id = $this->order( array( 'method' => 'bacs' ) );
		$this->assertTrue( $this->gives_up() );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_a_shopper_cancels_only_when_no_money_is_under_way(): void {
		$statuses = array( 'pending', 'failed' );
		$allowed  = function () use ( $statuses ) {
			return apply_filters( 'woocommerce_valid_order_statuses_for_cancel', $statuses, wc_get_order( $this->id ) );
		};
		$this->assertSame( $statuses, $allowed(), 'the list of orders asks nobody' );
		$this->assertSame( array(), Site::$sent );
		$_GET = array( 'cancel_order' => 'true', 'order_id' => (string) $this->id );
		$this->may( array( 200, array( 'may_cancel' => 'no' ) ) );
		$this->assertSame( array(), $allowed() );
		$this->may( array( 200, array( 'may_cancel' => 'yes' ) ) );
		$this->assertSame( $statuses, $allowed() );
	}

	public function test_the_bridge_hears_of_every_cancel_of_ours(): void {
		$this->answer( "POST /v1/orders/$this->id/cancel", array( 'canceled' => array(), 'watched' => array() ) );
		wc_get_order( $this->id )->update_status( 'cancelled' );
		wc_get_order( $this->order( array( 'method' => 'bacs' ) ) )->update_status( 'cancelled' );
		$this->assertSame( array( "/v1/orders/$this->id/cancel?order_key_hash=" . hash( 'sha256', "wc_order_$this->id" ) ), array_column( Site::$sent, 'target' ) );
		$this->assertSame( '{}', Site::$sent[0]['body'] );
		$this->assertSame( array(), Site::$scheduled );
	}

	public function test_a_silent_bridge_is_told_later_and_fifty_orders_do_not_wait_fifty_times(): void {
		$other = $this->order();
		wc_get_order( $this->id )->update_status( 'cancelled' );
		wc_get_order( $other )->update_status( 'cancelled' );
		$this->assertCount( 1, Site::$sent );
		$this->assertSame( array( array( $this->id, 2 ), array( $other, 2 ) ), array_column( Site::$scheduled, 'args' ) );
		$this->setUpAgain();
		$this->answer( "POST /v1/orders/$this->id/cancel", array( 'canceled' => array() ) );
		do_action( 'gatewright_tell_cancel', $this->id, 2 );
		$this->assertSame( "/v1/orders/$this->id/cancel?order_key_hash=" . hash( 'sha256', "wc_order_$this->id" ), end( Site::$sent )['target'] );
	}

	/** @dataProvider not_now */
	public function test_a_bridge_that_says_not_now_is_told_later( int $status, string $code, array $scheduled ): void {
		$this->problem( "POST /v1/orders/$this->id/cancel", $status, $code );
		wc_get_order( $this->id )->update_status( 'cancelled' );
		$this->assertSame( $scheduled, array_column( Site::$scheduled, 'args' ) );
	}

	public function not_now(): array {
		return array(
			array( 429, 'too-many-calls', array( array( 14, 2 ) ) ),
			array( 503, 'gateway-unavailable', array( array( 14, 2 ) ) ),
			array( 404, 'order-unknown', array() ),
		);
	}

	/** A new PHP process of the same shop. */
	private function setUpAgain(): void {
		$rows        = Order_Store::$rows;
		Site::$hooks = Site::$shipped_hooks;
		( new Gatewright\WooCommerce\Plugin( static function () {
			return Site::$now;
		} ) )->start();
		Order_Store::$rows = $rows;
	}

	public function test_an_order_that_lives_again_is_not_cancelled_at_the_bridge(): void {
		do_action( 'gatewright_tell_cancel', $this->id, 2 );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_it_gives_up_after_six_tries_and_says_so(): void {
		Order_Store::elsewhere( $this->id, array( 'status' => 'cancelled' ) );
		do_action( 'gatewright_tell_cancel', $this->id, 6 );
		$this->assertSame( array(), Site::$scheduled );
		$this->assertStringContainsString( "cancel-not-told (order $this->id)", Site::log_text() );
	}
}
