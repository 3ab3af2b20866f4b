<?php
/**
 * Refunds and the transaction's link.
 */

final class Refund_Test extends Plugin_Test_Case {

	private $id;

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
		$this->id = $this->order();
		$this->settle( $this->id );
	}

	private function refund( string $amount = '24.98' ) {
		return wc_create_refund( $this->id, $amount, $this->method(), 'zurück' );
	}

	/** @dataProvider made */
	public function test_is_made( string $outcome ): void {
		$this->answer( "POST /v1/orders/$this->id/refunds", array( 'outcome' => $outcome ) );
		$refund = $this->refund();
		$this->assertInstanceOf( WC_Order_Refund::class, $refund );
		$this->assertSame( array( 'refund_id' => $refund->get_id(), 'amount' => '24.98', 'currency' => 'USD', 'reason' => 'zurück' ), $this->sent_body() );
	}

	public function made(): array {
		return array( array( 'done' ), array( 'accepted' ) );
	}

	/** @dataProvider unmade */
	public function test_is_not_made( $answer, string $text ): void {
		Site::$http[ "POST /v1/orders/$this->id/refunds" ] = $answer;
		$rows  = array_keys( Order_Store::$rows );
		$error = $this->refund();
		$this->assertInstanceOf( WP_Error::class, $error );
		$this->assertStringContainsString( $text, $error->get_error_message() );
		$this->assertSame( $rows, array_keys( Order_Store::$rows ), 'WooCommerce takes its refund away again' );
	}

	public function unmade(): array {
		$problem = static function ( int $status, string $code ) {
			return array( $status, array( 'code' => $code, 'outcome' => 'x', 'owner_message' => "owner: $code" ) );
		};
		return array(
			'manual'             => array( array( 200, array( 'outcome' => 'manual', 'instructions' => 'Send 5 USDT to <b>Ada</b>.' ) ), 'Send 5 USDT to Ada. The button "Refund manually" records it and sends nothing.' ),
			'manual, no text'    => array( array( 200, array( 'outcome' => 'manual' ) ), 'by hand' ),
			'checking'           => array( $problem( 409, 'refund-checking' ), 'owner: refund-checking' ),
			'refused'            => array( $problem( 422, 'more-than-paid' ), 'owner: more-than-paid' ),
			'silence'            => array( 'hang', 'may have been sent all the same' ),
			'unreachable'        => array( null, 'may have been sent all the same' ),
			'an unknown outcome' => array( array( 200, array( 'outcome' => 'maybe' ) ), 'may have been sent all the same' ),
			'an empty answer'    => array( array( 200, array( 'ok' => true ) ), 'may have been sent all the same' ),
		);
	}

	public function test_by_hand_is_said_once(): void {
		$told = 'Teleport Pay cannot send money back by itself. Pay 24.98 USD back to the shopper by hand, then record it in the order.';
		$this->answer( "POST /v1/orders/$this->id/refunds", array( 'outcome' => 'manual', 'instructions' => $told ) );
		$text = $this->refund()->get_error_message();
		$this->assertSame( "$told The button \"Refund manually\" records it and sends nothing.", $text );
		$this->assertSame( array( 1, 1 ), array( substr_count( $text, 'by hand' ), substr_count( $text, ' then ' ) ) );
	}

	public function test_nothing_is_no_refund(): void {
		$this->assertSame( 'gatewright-amount-zero', $this->refund( '0' )->get_error_code() );
		$this->assertSame( 'gatewright-amount-zero', $this->method()->process_refund( $this->id )->get_error_code() );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_without_a_refund_row_nothing_is_sent_because_it_could_be_sent_twice(): void {
		$this->assertSame( 'gatewright-no-refund', $this->method()->process_refund( $this->id, '5.00' )->get_error_code() );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_the_refund_of_another_order_lends_no_id(): void {
		$this->answer( "POST /v1/orders/$this->id/refunds", array( 'outcome' => 'done' ) );
		$this->refund();
		$other = $this->order();
		$this->settle( $other, array( 'claim' => 'clm_2' ) );
		$this->assertSame( 'gatewright-no-refund', $this->method()->process_refund( $other, '5.00' )->get_error_code() );
	}

	public function test_only_what_was_paid_here_can_be_refunded_here(): void {
		$this->assertTrue( $this->method()->can_refund_order( wc_get_order( $this->id ) ) );
		$this->assertFalse( $this->method()->can_refund_order( wc_get_order( $this->order( array( 'status' => 'processing' ) ) ) ) );
		$this->assertFalse( $this->method()->can_refund_order( false ) );
	}

	public function test_after_a_full_refund_the_bridges_notes_are_still_taken(): void {
		wc_get_order( $this->id )->update_status( 'refunded' );
		$this->assertSame( 'noted', $this->command( $this->id, 'note' )->data['outcome'] );
	}

	/** @dataProvider transactions */
	public function test_the_link_works( string $network, string $transaction, string $link ): void {
		$id = $this->order();
		$this->settle( $id, array( 'transaction_id' => $transaction ) );
		$view = array( 'invoice' => 'inv_1', 'paid' => true, 'pay_url' => 'https://pay.example/pay/page_1', 'attempts' => array( array( 'invoice' => 'inv_1', 'received' => array( 'network' => $network ) ) ) );
		Gatewright\WooCommerce\Gateway\Transaction_Link::learn( wc_get_order( $id ), Gatewright\WooCommerce\Bridge\Result::answer( $view ) );
		$this->assertSame( $link, $this->method()->get_transaction_url( wc_get_order( $id ) ) );
	}

	public function transactions(): array {
		$hash = str_repeat( 'ab', 32 );
		return array(
			array( 'bitcoin', $hash, "https://mempool.space/tx/$hash" ),
			array( 'ethereum', "0x$hash", "https://etherscan.io/tx/0x$hash" ),
			array( 'tron', $hash, "https://tronscan.org/#/transaction/$hash" ),
			array( 'bitcoin', 'IV123456', 'https://pay.example/pay/page_1' ),
			array( 'some-network', $hash, 'https://pay.example/pay/page_1' ),
			array( '', '', 'https://pay.example/pay/page_1' ),
		);
	}

	public function test_looking_at_an_order_again_writes_nothing_new(): void {
		$id   = $this->order();
		$link = static function ( string $page ) use ( $id ) {
			$view = array( 'pay_url' => $page, 'paid' => false, 'attempts' => array() );
			Gatewright\WooCommerce\Gateway\Transaction_Link::learn( wc_get_order( $id ), Gatewright\WooCommerce\Bridge\Result::answer( $view ) );
		};
		$link( 'https://pay.example/pay/page_1' );
		Order_Store::$broken[] = $id;
		$link( 'https://pay.example/pay/page_2' );
		$this->assertSame( 'https://pay.example/pay/page_1', $this->method()->get_transaction_url( wc_get_order( $id ) ) );
	}

	public function test_an_order_that_is_not_paid_keeps_no_network_and_a_page_elsewhere_is_no_link(): void {
		$id   = $this->order();
		$view = array( 'invoice' => 'inv_1', 'paid' => false, 'pay_url' => 'https://evil.example/pay/page_1', 'attempts' => array( array( 'invoice' => 'inv_1', 'network' => 'btc' ) ) );
		Gatewright\WooCommerce\Gateway\Transaction_Link::learn( wc_get_order( $id ), Gatewright\WooCommerce\Bridge\Result::answer( $view ) );
		$this->assertArrayNotHasKey( '_gatewright_network', Order_Store::$rows[ $id ]['meta'] );
		$this->assertSame( '', $this->method()->get_transaction_url( wc_get_order( $id ) ) );
	}

	public function test_an_order_of_another_method_has_no_link_of_ours(): void {
		$this->assertSame( '', $this->method()->get_transaction_url( wc_get_order( $this->order( array( 'method' => 'bacs' ) ) ) ) );
	}
}
