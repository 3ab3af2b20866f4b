<?php
/**
 * Installing, declaring, removing.
 */

use Gatewright\WooCommerce\Install\Tables;

final class Install_Test extends Plugin_Test_Case {

	public function test_declares_order_tables_and_blocks(): void {
		do_action( 'before_woocommerce_init' );
		$this->assertSame( array( 'custom_order_tables' => true, 'cart_checkout_blocks' => true ), Site::$features );
	}

	public function test_translations_are_looked_for_where_they_lie_and_not_before_init(): void {
		Site::reset();
		$this->assertSame( array(), Site::$text_domains );
		do_action( 'init' );
		$this->assertSame( array( 'gatewright-for-woocommerce' => 'gatewright-for-woocommerce/languages' ), Site::$text_domains );
		$this->assertDirectoryExists( __DIR__ . '/../../plugin/languages' );
	}

	public function test_tables_are_made_once_per_version(): void {
		global $wpdb;
		$this->assertSame( array( 'wp_gatewright_claims', 'wp_gatewright_instructions', 'wp_gatewright_nonces' ), array_keys( $wpdb->tables ) );
		$wpdb->tables = array();
		Tables::ensure();
		$this->assertSame( array(), $wpdb->tables );
		Site::$options['gatewright_tables'] = '0';
		Tables::ensure();
		$this->assertCount( 3, $wpdb->tables );
	}

	public function test_uninstalling_removes_secret_options_and_tables_and_keeps_the_orders_and_who_paid_them(): void {
		global $wpdb;
		$this->connect();
		$id = $this->order();
		$this->settle( $id );
		$this->plugin->bridge()->hello();
		Site::$options['woocommerce_gatewright_crypto-pay_settings'] = array();
		Site::$options['woocommerce_bacs_settings']                  = array( 'title' => 'Bank' );
		set_transient( 'gatewright_view_1', array(), 60 );
		set_transient( 'other', 1, 60 );
		wc_get_order( $this->order() )->update_status( 'cancelled' );
		Site::$scheduled[] = array( 'at' => 1, 'hook' => 'other', 'args' => array() );
		$this->assertSame( array( 'gatewright_tell_cancel', 'other' ), array_column( Site::$scheduled, 'hook' ) );
		$order = Order_Store::$rows[ $id ];
		define( 'WP_UNINSTALL_PLUGIN', 'gatewright-for-woocommerce' );
		require __DIR__ . '/../../plugin/uninstall.php';
		$this->assertSame( array( 'permalink_structure', 'woocommerce_hold_stock_minutes', 'woocommerce_bacs_settings' ), array_keys( Site::$options ) );
		$this->assertSame( array( 'other' ), array_keys( Site::$transients ) );
		$this->assertSame( array( 'other' ), array_column( Site::$scheduled, 'hook' ) );
		$this->assertSame( array( 'wp_gatewright_claims' ), array_keys( $wpdb->tables ) );
		$this->assertSame( $order, Order_Store::$rows[ $id ] );
		Tables::ensure();
		$this->assertCount( 3, $wpdb->tables );
		$this->assertTrue( $this->plugin->refunds()->can_refund( wc_get_order( $id ) ) );
		$this->connect();
		$this->assertSame( 'already', $this->settle( $id )->data['outcome'] );
	}
}
