<?php
/**
 * POST orders/:id/settle.
 */

final class Settle_Test extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
	}

	/** @dataProvider payable */
	public function test_settles_an_order_from( string $status ): void {
		$id    = $this->order( array( 'status' => $status ) );
		$reply = $this->settle( $id );
		$this->assertSame( array( 200, array( 'outcome' => 'settled', 'order_status' => 'processing' ) ), array( $reply->status, $reply->data ) );
		$row = Order_Store::$rows[ $id ];
		$this->assertSame( array( 'processing', '0xabc', Site::$now ), array( $row['status'], $row['transaction_id'], $row['date_paid'] ) );
		$this->assertContains( array( $id, 'Paid with 39.98 USDT.', false ), Order_Store::$notes );
		$this->assertSame( array( $id ), Order_Store::$completed );
	}

	public function payable(): array {
		return array( array( 'pending' ), array( 'failed' ), array( 'on-hold' ) );
	}

	public function test_five_calls_settle_once(): void {
		$id       = $this->order();
		$outcomes = array();
		foreach ( range( 1, 5 ) as $n ) {
			$outcomes[] = $this->settle( $id )->data['outcome'];
		}
		$this->assertSame( array( 'settled', 'already', 'already', 'already', 'already' ), $outcomes );
		$this->assertSame( array( array( $id ), array( "New order $id" ), 99 ), array( Order_Store::$completed, Order_Store::$emails, Order_Store::$stock ) );
	}

	/** @dataProvider statuses */
	public function test_pays_in_the_status_the_owner_chose( array $body, string $status ): void {
		$id    = $this->order();
		$reply = $this->settle( $id, $body );
		$this->assertSame( array( 'settled', $status ), array( $reply->data['outcome'], $reply->data['order_status'] ) );
		$this->assertSame( array( $id ), Order_Store::$completed );
		$other = $this->order();
		$this->assertSame( 'processing', $this->settle( $other )->data['order_status'], 'the choice was for one order' );
	}

	public function statuses(): array {
		return array(
			array( array( 'order_status' => 'completed' ), 'completed' ),
			array( array( 'order_status' => 'processing' ), 'processing' ),
			array( array(), 'processing' ),
		);
	}

	/** @dataProvider no_statuses */
	public function test_400_for_a_status_that_is_not_for_paid_orders( $status ): void {
		$id    = $this->order();
		$reply = $this->settle( $id, array( 'order_status' => $status ) );
		$this->assertSame( array( 400, array( 'order_status' ), 'pending' ), array( $reply->status, $reply->data['fields'], Order_Store::$rows[ $id ]['status'] ) );
	}

	public function no_statuses(): array {
		return array( array( 'on-hold' ), array( 'wc-completed' ), array( 'refunded' ), array( array( 'completed' ) ) );
	}

	public function test_another_order_has_the_number_now(): void {
		$id    = $this->order( array( 'key' => 'wc_order_new' ) );
		$reply = $this->settle( $id, array( 'order_key_hash' => hash( 'sha256', 'wc_order_old' ) ) );
		$this->assertSame( array( 404, 'order_missing' ), array( $reply->status, $reply->data['code'] ) );
		$this->assertSame( 'pending', Order_Store::$rows[ $id ]['status'] );
		$this->assertSame( 'settled', $this->settle( $id, array( 'order_key_hash' => hash( 'sha256', 'wc_order_new' ) ) )->data['outcome'] );
	}

	/** @dataProvider commands */
	public function test_commands_leave_another_order_of_the_number_alone( string $command ): void {
		$id   = $this->order( array( 'key' => 'wc_order_new' ) );
		$code = $this->command( $id, $command, array( 'order_key_hash' => hash( 'sha256', 'wc_order_old' ) ) )->data['code'];
		$this->assertSame( array( 'order_missing', 'pending', array() ), array( $code, Order_Store::$rows[ $id ]['status'], Order_Store::$notes ) );
		$this->assertSame( 200, $this->command( $id, $command, array( 'order_key_hash' => hash( 'sha256', 'wc_order_new' ) ) )->status );
	}

	public function commands(): array {
		return array( array( 'hold' ), array( 'cancel' ), array( 'fail' ), array( 'note' ) );
	}

	/** @dataProvider bad_hashes */
	public function test_400_for_a_hash_that_is_none( $hash ): void {
		$id    = $this->order();
		$reply = $this->settle( $id, array( 'order_key_hash' => $hash ) );
		$this->assertSame( array( 400, array( 'order_key_hash' ) ), array( $reply->status, $reply->data['fields'] ) );
	}

	public function bad_hashes(): array {
		return array( array( str_repeat( 'A', 64 ) ), array( 'short' ), array( 5 ), array( str_repeat( 'a', 65 ) ) );
	}

	public function test_the_claim_of_a_lost_order_is_not_the_claim_of_the_one_that_has_its_number(): void {
		$id = $this->order( array( 'key' => 'wc_order_old' ) );
		$this->settle( $id );
		Order_Store::$rows[ $id ] = array( 'key' => 'wc_order_new', 'status' => 'pending', 'date_paid' => null, 'transaction_id' => '', 'meta' => array(), 'took_stock' => false ) + Order_Store::$rows[ $id ];
		Order_Store::$objects     = array();
		Order_Store::$row_cache   = array();
		Order_Store::$meta_cache  = array();
		$this->assertFalse( $this->method()->can_refund_order( wc_get_order( $id ) ) );
		$this->assertSame( 'settled', $this->settle( $id, array( 'claim' => 'clm_2' ) )->data['outcome'] );
		$this->assertSame( 'paid_otherwise', $this->settle( $id, array( 'claim' => 'clm_1' ) )->data['code'] );
		$this->assertTrue( $this->method()->can_refund_order( wc_get_order( $id ) ) );
	}

	public function test_the_lock_is_held_while_the_order_is_paid_and_named_for_this_shop(): void {
		global $wpdb;
		$id = $this->order();
		$this->settle( $id );
		$name = Gatewright\WooCommerce\Orders\Order_Lock::name( $id );
		$this->assertSame( array( $name ), array_values( Order_Store::$locks_at_save[ $id ] ) );
		$this->assertSame( array(), array_values( $wpdb->locks ) );
		$wpdb->prefix = 'wp_2_';
		$this->assertNotSame( $name, Gatewright\WooCommerce\Orders\Order_Lock::name( $id ) );
	}

	public function test_503_while_another_process_has_the_lock(): void {
		global $wpdb;
		$id                    = $this->order();
		$wpdb->locks_of_others = array( Gatewright\WooCommerce\Orders\Order_Lock::name( $id ) );
		$reply                 = $this->settle( $id );
		$this->assertSame( array( 503, 'busy' ), array( $reply->status, $reply->data['code'] ) );
		$this->assertSame( 'pending', Order_Store::$rows[ $id ]['status'] );
	}

	public function test_reads_the_order_past_every_cache(): void {
		$id = $this->order();
		wc_get_order( $id );
		Order_Store::elsewhere( $id, array( 'status' => 'cancelled' ) );
		$this->assertSame( 'pending', wc_get_order( $id )->get_status(), 'the cache is stale' );
		$this->assertSame( 'moved', $this->settle( $id )->data['code'] );
		$this->assertSame( array(), Order_Store::$completed );
	}

	public function test_reads_meta_past_the_cache_although_the_row_was_not_cached(): void {
		$id = $this->order();
		wc_get_order( $id );
		Order_Store::$row_cache = array();
		Order_Store::$objects   = array();
		Order_Store::elsewhere( $id, array( 'meta' => array( '_gatewright_own_status' => 'on-hold' ) ) );
		$this->assertSame( 'moved', $this->command( $id, 'hold' )->data['code'] );
	}

	/** @dataProvider refusals */
	public function test_409( string $code, array $change, array $body = array() ): void {
		$id = $this->order();
		Order_Store::elsewhere( $id, $change );
		$before = Order_Store::$rows[ $id ];
		$reply  = $this->settle( $id, $body );
		$this->assertSame( array( 409, $code, $before['status'] ), array( $reply->status, $reply->data['code'], $reply->data['order_status'] ) );
		$this->assertSame( 'application/problem+json', $reply->headers['Content-Type'] );
		$this->assertNotSame( '', $reply->data['owner_message'] );
		$this->assertNotSame( '', $reply->data['shopper_message'] );
		$this->assertSame( $before, Order_Store::$rows[ $id ] );
	}

	public function refusals(): array {
		return array(
			'the total was edited'              => array( 'total_changed', array( 'total' => '25.00' ) ),
			'the total was edited by a cent'    => array( 'total_changed', array( 'total' => '39.99' ) ),
			'the currency was edited'           => array( 'currency_changed', array( 'currency' => 'EUR' ) ),
			'another method was chosen'         => array( 'not_ours', array( 'method' => 'bacs' ) ),
			'a method that sounds like ours'    => array( 'not_ours', array( 'method' => 'gatewright2' ) ),
			'cancelled is not revived'          => array( 'moved', array( 'status' => 'cancelled' ) ),
			'the order is in the trash'         => array( 'moved', array( 'status' => 'trash' ) ),
			'a person marked it paid'           => array( 'paid_otherwise', array( 'status' => 'completed' ) ),
			'paid in a status of another plugin' => array( 'paid_otherwise', array( 'status' => 'packing', 'date_paid' => 1 ) ),
			'refunded'                          => array( 'refunded', array( 'status' => 'refunded' ) ),
			'a part was refunded'               => array( 'refunded', array( 'refunded' => '1.00' ) ),
		);
	}

	public function test_another_claim_is_paid_otherwise(): void {
		$id = $this->order();
		$this->settle( $id );
		$reply = $this->settle( $id, array( 'claim' => 'clm_2', 'transaction_id' => '0xdef' ) );
		$this->assertSame( 'paid_otherwise', $reply->data['code'] );
		$this->assertSame( '0xabc', Order_Store::$rows[ $id ]['transaction_id'] );
	}

	public function test_claims_that_differ_in_case_only_are_two(): void {
		$id = $this->order();
		$this->settle( $id );
		$this->assertSame( 'paid_otherwise', $this->settle( $id, array( 'claim' => 'CLM_1' ) )->data['code'] );
	}

	public function test_already_whatever_a_person_did_to_the_settled_order(): void {
		$id = $this->order();
		$this->settle( $id );
		Order_Store::elsewhere( $id, array( 'status' => 'on-hold' ) );
		$this->assertSame( array( 'outcome' => 'already', 'order_status' => 'on-hold' ), $this->settle( $id )->data );
		$this->assertSame( 'on-hold', Order_Store::$rows[ $id ]['status'] );
	}

	public function test_totals_are_compared_by_value(): void {
		$this->assertSame( 200, $this->settle( $this->order(), array( 'expected_total' => '039.9800' ) )->status );
	}

	public function test_a_long_transaction_id_is_kept_in_full_beside_the_order(): void {
		$id   = $this->order();
		$long = str_pad( '0x', 130, 'f' );
		$this->assertSame( 'settled', $this->settle( $id, array( 'transaction_id' => $long ) )->data['outcome'] );
		$this->assertSame( substr( $long, 0, 100 ), Order_Store::$rows[ $id ]['transaction_id'] );
		$this->assertSame( $long, Order_Store::$rows[ $id ]['meta']['_gatewright_transaction'] );
		$this->assertSame( $long, $this->plugin->claims()->of( wc_get_order( $id ) )['transaction_id'] );
	}

	public function test_a_crash_between_paying_and_answering_is_already_the_next_time(): void {
		$id = $this->order();
		$this->plugin->claims()->start( wc_get_order( $id ), 'clm_1', 'inv_1', '0xabc', Site::$now );
		Order_Store::elsewhere( $id, array( 'status' => 'processing', 'transaction_id' => '0xabc', 'date_paid' => Site::$now ) );
		$this->assertSame( 'already', $this->settle( $id )->data['outcome'] );
		$this->assertTrue( $this->plugin->claims()->is_settled( wc_get_order( $id ) ) );
		$this->assertSame( 'noted', $this->command( $id, 'note' )->data['outcome'] );
	}

	public function test_a_crash_before_paying_is_made_good(): void {
		$id = $this->order();
		$this->plugin->claims()->start( wc_get_order( $id ), 'clm_1', 'inv_1', '0xabc', Site::$now );
		$this->assertSame( 'settled', $this->settle( $id )->data['outcome'] );
	}

	public function test_a_claim_that_never_paid_gives_way_to_another(): void {
		$id = $this->order();
		$this->plugin->claims()->start( wc_get_order( $id ), 'clm_0', 'inv_0', '0x0', Site::$now );
		$this->assertSame( 'settled', $this->settle( $id )->data['outcome'] );
		$this->assertSame( 'clm_1', $this->plugin->claims()->of( wc_get_order( $id ) )['claim'] );
	}

	public function test_a_settled_claim_stays_whatever_happens_to_the_lock(): void {
		$id = $this->order();
		$this->settle( $id );
		$this->assertFalse( $this->plugin->claims()->start( wc_get_order( $id ), 'clm_2', 'inv_2', '0x2', Site::$now ) );
		$this->assertSame( array( 'clm_1', '0xabc' ), array( $this->plugin->claims()->of( wc_get_order( $id ) )['claim'], $this->plugin->claims()->of( wc_get_order( $id ) )['transaction_id'] ) );
	}

	public function test_nothing_is_paid_when_the_claim_cannot_be_stored(): void {
		global $wpdb;
		$id = $this->order();
		$this->settle( $this->order() );
		$wpdb->before_insert = null;
		$reply               = $this->with_broken_inserts( function () use ( $id ) {
			return $this->settle( $id );
		} );
		$this->assertSame( 503, $reply->status );
		$this->assertSame( 'pending', Order_Store::$rows[ $id ]['status'] );
	}

	private function with_broken_inserts( callable $work ): WP_REST_Response {
		global $wpdb;
		unset( $wpdb->tables['wp_gatewright_claims']['columns']['state'] );
		$table = $wpdb->tables['wp_gatewright_claims'];
		try {
			return $work();
		} finally {
			$wpdb->tables['wp_gatewright_claims'] = $table;
		}
	}

	/** @dataProvider malformed */
	public function test_400( array $fields, $body ): void {
		$reply = $this->from_bridge( 'POST', '/wc-gatewright/v1/orders/' . $this->order() . '/settle', $body );
		$this->assertSame( array( 400, 'malformed' ), array( $reply->status, $reply->data['code'] ) );
		$wrong = $reply->data['fields'];
		sort( $wrong );
		sort( $fields );
		$this->assertSame( $fields, $wrong );
	}

	public function malformed(): array {
		$good = array( 'claim' => 'c', 'invoice' => 'i', 'transaction_id' => '', 'expected_total' => '1', 'expected_currency' => 'USD' );
		return array(
			'negative total, empty claim' => array( array( 'claim', 'expected_total' ), array( 'claim' => '', 'expected_total' => '-1' ) + $good ),
			'a number for the total'      => array( array( 'expected_total' ), array( 'expected_total' => 39.98 ) + $good ),
			'an exponent'                 => array( array( 'expected_total' ), array( 'expected_total' => '1e3' ) + $good ),
			'a line break'                => array( array( 'expected_currency', 'expected_total' ), array( 'expected_total' => "1\n", 'expected_currency' => "USD\n" ) + $good ),
			'no transaction'              => array( array( 'transaction_id' ), array_diff_key( $good, array( 'transaction_id' => 1 ) ) ),
			'a list'                      => array( array( '', 'claim', 'invoice', 'transaction_id', 'expected_total', 'expected_currency' ), '[]' ),
			'too long'                    => array( array( 'claim' ), array( 'claim' => str_repeat( 'é', 201 ) ) + $good ),
		);
	}

	public function test_404_for_an_order_that_is_not_there_and_for_a_refund(): void {
		$this->assertSame( array( 404, 'order_missing' ), array( $this->settle( 999 )->status, $this->settle( 999 )->data['code'] ) );
		$refund = $this->order( array( 'type' => 'shop_order_refund' ) );
		$this->assertSame( 404, $this->settle( $refund )->status );
		$subscription = $this->order( array( 'type' => 'shop_subscription' ) );
		$this->assertSame( 404, $this->settle( $subscription )->status );
	}

	public function test_a_shop_may_give_paid_orders_a_status_of_its_own(): void {
		add_filter( 'woocommerce_payment_complete_order_status', static function () {
			return 'packing';
		} );
		$reply = $this->settle( $this->order() );
		$this->assertSame( array( 'outcome' => 'settled', 'order_status' => 'packing' ), $reply->data );
	}
}
