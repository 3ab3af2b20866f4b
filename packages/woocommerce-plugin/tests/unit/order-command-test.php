<?php
/**
 * POST orders/:id/hold, /cancel, /fail and /note.
 */

final class Order_Command_Test extends Plugin_Test_Case {

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
	}

	/** @dataProvider moves */
	public function test_moves_once( string $command, string $outcome, string $status ): void {
		$id = $this->order();
		$this->assertSame( array( 'outcome' => $outcome, 'order_status' => $status ), $this->command( $id, $command )->data );
		$this->assertSame( $status, Order_Store::$rows[ $id ]['status'] );
		$this->assertStringStartsWith( 'because Order status changed', Order_Store::$notes[0][1] );
		$this->assertSame( array( 'outcome' => 'already', 'order_status' => $status ), $this->command( $id, $command )->data );
		$this->assertCount( 1, Order_Store::$notes );
	}

	public function moves(): array {
		return array( array( 'hold', 'held', 'on-hold' ), array( 'cancel', 'cancelled', 'cancelled' ), array( 'fail', 'failed', 'failed' ) );
	}

	public function test_calls_that_were_carried_out_are_remembered_for_half_a_year(): void {
		global $wpdb;
		$id   = $this->order();
		$note = function ( string $instruction ) use ( $id ) {
			return $this->command( $id, 'note', array( 'instruction' => $instruction ) )->data['outcome'];
		};
		$this->assertSame( array( 'noted', 'already' ), array( $note( 'ins_1' ), $note( 'ins_1' ) ) );
		Site::$now += 180 * DAY_IN_SECONDS;
		$this->assertSame( array( 'noted', 'already' ), array( $note( 'ins_2' ), $note( 'ins_1' ) ) );
		Site::$now += 1;
		$note( 'ins_3' );
		$this->assertCount( 2, $wpdb->tables['wp_gatewright_instructions']['rows'] );
	}

	public function test_a_held_order_can_be_settled_and_takes_the_stock_once(): void {
		$id = $this->order();
		$this->command( $id, 'hold' );
		$this->assertSame( 99, Order_Store::$stock );
		$this->assertSame( 'settled', $this->settle( $id )->data['outcome'] );
		$this->assertSame( 99, Order_Store::$stock );
	}

	/** @dataProvider commands */
	public function test_a_person_has_moved_the_order( string $command ): void {
		$id = $this->order();
		Order_Store::elsewhere( $id, array( 'status' => 'processing' ) );
		$this->assertSame( array( 409, 'moved' ), array( $this->command( $id, $command )->status, $this->command( $id, $command )->data['code'] ) );
		$this->assertSame( 'processing', Order_Store::$rows[ $id ]['status'] );
		$this->assertSame( array(), Order_Store::$notes );
	}

	/** @dataProvider commands */
	public function test_another_method_has_the_order( string $command ): void {
		$id = $this->order( array( 'method' => 'bacs' ) );
		$this->assertSame( 'not_ours', $this->command( $id, $command )->data['code'] );
	}

	public function commands(): array {
		return array( array( 'hold' ), array( 'cancel' ), array( 'fail' ), array( 'note' ) );
	}

	public function test_nothing_revives_an_order_the_bridge_has_cancelled(): void {
		$id = $this->order();
		$this->command( $id, 'cancel' );
		$this->assertSame( 'moved', $this->command( $id, 'hold' )->data['code'] );
		$this->assertSame( 'moved', $this->settle( $id )->data['code'] );
	}

	public function test_the_same_instruction_again_changes_nothing(): void {
		$id   = $this->order();
		$note = array( 'note' => 'for you', 'customer_note' => true, 'instruction' => 'ins_1' );
		$this->assertSame( 'noted', $this->command( $id, 'note', $note )->data['outcome'] );
		$this->assertSame( 'already', $this->command( $id, 'note', $note )->data['outcome'] );
		$this->assertSame( array( array( $id, 'for you', true ) ), Order_Store::$notes );
		$this->assertSame( 'noted', $this->command( $id, 'note', array( 'instruction' => 'INS_1' ) + $note )->data['outcome'] );
	}

	public function test_an_instruction_that_failed_is_not_taken_for_done(): void {
		$id                    = $this->order();
		Order_Store::$broken[] = $id;
		$this->assertSame( 503, $this->command( $id, 'hold', array( 'instruction' => 'ins_1' ) )->status );
		Order_Store::$broken = array();
		$this->assertSame( 'held', $this->command( $id, 'hold', array( 'instruction' => 'ins_1' ) )->data['outcome'] );
	}

	public function test_the_bridge_is_not_told_of_its_own_cancel(): void {
		$this->command( $this->order(), 'cancel' );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_after_a_retry_at_checkout_a_failed_order_is_ours_again(): void {
		$id = $this->order();
		$this->command( $id, 'fail' );
		$this->answer( 'POST /v1/checkouts', array( 'invoice' => 'inv_2', 'redirect_url' => 'https://pay.example/pay/inv_2' ) );
		$this->method()->process_payment( $id );
		$this->assertSame( 'held', $this->command( $id, 'hold', array( 'invoice' => 'inv_2' ) )->data['outcome'] );
	}

	public function test_400(): void {
		$reply = $this->command( $this->order(), 'note', array( 'customer_note' => 'yes', 'note' => str_repeat( 'x', 2001 ) ) );
		$this->assertSame( array( 400, array( 'customer_note', 'note' ) ), array( $reply->status, $reply->data['fields'] ) );
	}
}
