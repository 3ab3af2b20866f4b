<?php
/**
 * The box on the order, the list of orders, "check again", "needs attention".
 */

final class Owner_Pages_Test extends Plugin_Test_Case {

	private $id;

	protected function setUp(): void {
		parent::setUp();
		$this->connect();
		$this->id = $this->order();
	}

	private function view( array $change = array() ): array {
		return $change + array(
			'status'     => 'settled',
			'exceptions' => array( 'overpaid' ),
			'invoice'    => 'inv_1',
			'paid'       => true,
			'attempts'   => array(
				array( 'invoice' => 'inv_0', 'title' => 'Other' ),
				array(
					'invoice'     => 'inv_1',
					'title'       => 'Crypto <Pay>',
					'network'     => 'btc',
					'payable'     => array( 'amount' => '39.98', 'currency' => 'USDT', 'network' => 'tron' ),
					'received'    => array( 'amount' => '40.00', 'currency' => 'USDT' ),
					'transaction' => '0xabc',
					'pay_url'     => 'https://pay.example/pay/inv_1',
					'timeline'    => array( array( 'at' => 1795248830, 'event' => 'settled', 'detail' => '<script>' ) ),
				),
			),
		);
	}

	private function box( $shown ): string {
		Site::$meta_boxes = array();
		do_action( 'add_meta_boxes', 'woocommerce_page_wc-orders', $shown );
		$box = Site::$meta_boxes['gatewright-payment'] ?? null;
		return null === $box ? '' : $this->output_of( static function () use ( $box, $shown ) {
			$box['callback']( $shown );
		} );
	}

	public function test_the_box_on_both_order_screens(): void {
		$this->answer( "GET /v1/orders/$this->id", $this->view() );
		foreach ( array( wc_get_order( $this->id ), new WP_Post( $this->id ) ) as $shown ) {
			$html = $this->box( $shown );
			foreach ( array( 'Paid', 'Too much was paid', 'Crypto &lt;Pay&gt;', '39.98 USDT (tron)', '40.00 USDT', 'inv_1', '0xabc', 'https://pay.example/pay/inv_1', 'settled &lt;script&gt;', 'Check again' ) as $text ) {
				$this->assertStringContainsString( $text, $html );
			}
		}
		$this->assertCount( 1, Site::$sent, 'reloading the page does not ask each time' );
	}

	public function test_no_box_for_orders_of_others(): void {
		$this->assertSame( '', $this->box( wc_get_order( $this->order( array( 'method' => 'bacs' ) ) ) ) );
		$this->assertSame( '', $this->box( new WP_Post( 999 ) ) );
	}

	public function test_the_box_says_why_it_has_nothing_and_an_odd_answer_breaks_no_page(): void {
		$this->assertStringContainsString( 'cannot be reached', $this->box( wc_get_order( $this->id ) ) );
		Site::$transients = array();
		$this->answer( "GET /v1/orders/$this->id", array( 'status' => array(), 'exceptions' => 'x', 'attempts' => array( 'y', array( 'invoice' => 5 ) ), 'invoice' => 7 ) );
		$this->assertStringContainsString( 'Check again', $this->box( wc_get_order( $this->id ) ) );
	}

	public function test_check_again(): void {
		$this->answer( "GET /v1/orders/$this->id", $this->view( array( 'status' => 'open' ) ) );
		$this->box( wc_get_order( $this->id ) );
		$this->answer( "POST /v1/orders/$this->id/recheck", $this->view( array( 'status' => 'processing' ) ) );
		$_GET = array( 'order_id' => (string) $this->id, '_wpnonce' => md5( "gatewright_recheck$this->id" ) );
		$end  = $this->end_of( static function () {
			do_action( 'admin_post_gatewright_recheck' );
		} );
		$this->assertSame( array( 'redirect', "https://shop.example/wp-admin/admin.php?page=wc-orders&action=edit&id=$this->id" ), $end );
		$this->assertStringContainsString( 'Payment seen', $this->box( wc_get_order( $this->id ) ) );
	}

	public function test_check_again_needs_a_nonce_and_a_right(): void {
		$_GET = array( 'order_id' => (string) $this->id, '_wpnonce' => 'x' );
		$run  = static function () {
			do_action( 'admin_post_gatewright_recheck' );
		};
		$this->assertSame( 'nonce', $this->end_of( $run )[0] );
		$_GET['_wpnonce'] = md5( "gatewright_recheck$this->id" );
		Site::$may        = array( 'read' );
		$this->assertSame( array( 'die', 403 ), $this->end_of( $run ) );
		$this->assertSame( array(), Site::$sent );
	}

	public function test_check_again_as_an_order_action_and_too_soon(): void {
		$this->assertArrayHasKey( 'gatewright_recheck', apply_filters( 'woocommerce_order_actions', array(), wc_get_order( $this->id ) ) );
		$this->assertSame( array(), apply_filters( 'woocommerce_order_actions', array(), wc_get_order( $this->order( array( 'method' => 'bacs' ) ) ) ) );
		$this->problem( "POST /v1/orders/$this->id/recheck", 429, 'recheck-too-soon' );
		do_action( 'woocommerce_order_action_gatewright_recheck', wc_get_order( $this->id ) );
		$this->assertStringContainsString( 'owner: recheck-too-soon', Order_Store::$notes[0][1] );
	}

	public function test_the_column_in_both_lists_asks_no_bridge(): void {
		foreach ( array( 'woocommerce_shop_order_list_table_columns', 'manage_edit-shop_order_columns' ) as $hook ) {
			$this->assertSame( array( 'a', 'order_status', 'gatewright_payment', 'z' ), array_keys( apply_filters( $hook, array( 'a' => 'A', 'order_status' => 'S', 'z' => 'Z' ) ) ) );
		}
		$cell = function ( $shown ) {
			return $this->output_of( static function () use ( $shown ) {
				do_action( 'woocommerce_shop_order_list_table_custom_column', 'gatewright_payment', $shown );
			} );
		};
		$this->assertSame( 'Waiting', $cell( wc_get_order( $this->id ) ) );
		$this->command( $this->id, 'hold' );
		$this->assertSame( 'Held: look at it', $cell( $this->id ) );
		Order_Store::elsewhere( $this->id, array( 'status' => 'cancelled' ) );
		Order_Store::$row_cache = array();
		Order_Store::$objects   = array();
		$this->assertSame( 'Changed by hand', $cell( $this->id ) );
		$paid = $this->order();
		$this->settle( $paid );
		$this->assertSame( 'Paid', $cell( $paid ) );
		$this->assertSame( '', $cell( $this->order( array( 'method' => 'bacs' ) ) ) );
		$this->assertSame( array(), Site::$sent );
	}

	/** @dataProvider refunds */
	public function test_the_column_after_a_refund( string $text, array $fields ): void {
		$this->settle( $this->id );
		Order_Store::elsewhere( $this->id, $fields );
		Order_Store::$row_cache = array();
		Order_Store::$objects   = array();
		$id                     = $this->id;
		$this->assertSame(
			$text,
			$this->output_of( static function () use ( $id ) {
				do_action( 'manage_shop_order_posts_custom_column', 'gatewright_payment', $id );
			} )
		);
	}

	public function refunds(): array {
		return array(
			'none'                                => array( 'Paid', array() ),
			'a zero with decimals'                => array( 'Paid', array( 'refunded' => '0.00' ) ),
			'an order of nothing'                 => array( 'Paid', array( 'total' => '0.00' ) ),
			'a part'                              => array( 'Partly refunded', array( 'refunded' => '0.01' ) ),
			'all but a cent'                      => array( 'Partly refunded', array( 'refunded' => '39.97' ) ),
			'the whole, written with more digits' => array( 'Refunded', array( 'refunded' => '39.9800' ) ),
			'the whole, as WooCommerce leaves it' => array( 'Refunded', array( 'status' => 'refunded', 'refunded' => '39.98' ) ),
			'the status alone'                    => array( 'Refunded', array( 'status' => 'refunded' ) ),
		);
	}

	private function attention(): string {
		do_action( 'admin_menu' );
		$page = Site::$menu['gatewright-attention'];
		$this->assertSame( array( 'woocommerce', 'manage_woocommerce' ), array( $page['parent'], $page['capability'] ) );
		return $this->output_of( $page['callback'] );
	}

	public function test_needs_attention_orphans_included(): void {
		$this->answer(
			'GET /v1/attention',
			array(
				'items' => array(
					array( 'id' => 'rev_1', 'kind' => 'underpaid', 'order' => (string) $this->id, 'detail' => '10 of <39.98>', 'opened_at' => 1795248830 ),
					array( 'id' => 'rev_2', 'kind' => 'unmatched', 'order' => null, 'detail' => 'Money of nobody' ),
					array( 'id' => 'rev_3', 'kind' => 'brand_new', 'order' => '777', 'detail' => 'x' ),
					'not an item',
				),
			)
		);
		$html = $this->attention();
		foreach ( array( "#W-$this->id", 'Too little was paid', '10 of &lt;39.98&gt;', '2026-11-21', 'No order', 'Money that belongs to no order', 'brand_new', '777, not in this shop', 'rev_3' ) as $text ) {
			$this->assertStringContainsString( $text, $html );
		}
	}

	public function test_a_long_list_says_how_much_is_left_and_a_lost_order_is_not_linked(): void {
		$lost = array( 'id' => 'rev_1', 'kind' => 'storefront_refused', 'order' => (string) $this->id, 'lost' => true );
		$this->answer( 'GET /v1/attention', array( 'items' => array( $lost ), 'total' => 81, 'more' => 80 ) );
		$html = $this->attention();
		$this->assertStringContainsString( 'And 80 more', $html );
		$this->assertStringContainsString( "$this->id, an earlier order", $html );
		$this->assertStringNotContainsString( 'href', $html );
		$this->assertSame( '/v1/attention?limit=50', Site::$sent[0]['target'] );
		$this->answer( 'GET /v1/attention', array( 'items' => array( $lost ), 'total' => 1, 'more' => 0 ) );
		$this->assertStringNotContainsString( 'more', $this->attention() );
	}

	public function test_nothing_waits_and_a_silent_bridge(): void {
		$this->assertStringContainsString( 'cannot be reached', $this->attention() );
		$this->answer( 'GET /v1/attention', array( 'items' => array() ) );
		$this->assertStringContainsString( 'Nothing waits for you', $this->attention() );
	}
}
