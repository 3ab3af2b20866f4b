<?php
/**
 * The column in the list of orders.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Orders\Amount;
use Gatewright\WooCommerce\Orders\Claims;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * What the shop itself knows of the payment; a list of fifty orders asks no bridge.
 */
final class Order_Column {

	const COLUMN = 'gatewright_payment';

	/**
	 * Claims.
	 *
	 * @var Claims
	 */
	private $claims;

	/**
	 * A column.
	 *
	 * @param Claims $claims Claims.
	 */
	public function __construct( Claims $claims ) {
		$this->claims = $claims;
	}

	/**
	 * Hooks in, for orders in tables of their own and for orders as posts.
	 */
	public function hook(): void {
		add_filter( 'woocommerce_shop_order_list_table_columns', array( $this, 'add' ) );
		add_action( 'woocommerce_shop_order_list_table_custom_column', array( $this, 'render' ), 10, 2 );
		add_filter( 'manage_edit-shop_order_columns', array( $this, 'add' ) );
		add_action( 'manage_shop_order_posts_custom_column', array( $this, 'render' ), 10, 2 );
	}

	/**
	 * Adds the column behind the status.
	 *
	 * @param array<string, string> $columns Columns.
	 * @return array<string, string>
	 */
	public function add( $columns ) {
		$with = array();
		foreach ( $columns as $name => $title ) {
			$with[ $name ] = $title;
			if ( 'order_status' === $name ) {
				$with[ self::COLUMN ] = __( 'Gatewright', 'gatewright-for-woocommerce' );
			}
		}
		return isset( $with[ self::COLUMN ] ) ? $with : $with + array( self::COLUMN => __( 'Gatewright', 'gatewright-for-woocommerce' ) );
	}

	/**
	 * Renders a cell.
	 *
	 * @param string        $column Column.
	 * @param int|\WC_Order $shown  Order or its id.
	 */
	public function render( $column, $shown ): void {
		if ( self::COLUMN !== $column ) {
			return;
		}
		$order = $shown instanceof \WC_Order ? $shown : wc_get_order( $shown );
		if ( $order instanceof \WC_Order && Order_Payment::is_ours( $order ) ) {
			echo esc_html( $this->text( $order ) );
		}
	}

	/**
	 * The text.
	 *
	 * @param \WC_Order $order Order.
	 */
	private function text( \WC_Order $order ): string {
		if ( $this->claims->is_settled( $order ) ) {
			return self::paid_text( $order );
		}
		if ( $order->get_status() !== Order_Payment::own_status( $order ) ) {
			return __( 'Changed by hand', 'gatewright-for-woocommerce' );
		}
		if ( $order->has_status( 'on-hold' ) ) {
			return __( 'Held: look at it', 'gatewright-for-woocommerce' );
		}
		return $order->has_status( array( 'cancelled', 'failed' ) )
			? __( 'Not paid', 'gatewright-for-woocommerce' )
			: __( 'Waiting', 'gatewright-for-woocommerce' );
	}

	/**
	 * The text of an order that was paid here; refunds are WooCommerce's own, by whichever button they were made.
	 *
	 * @param \WC_Order $order Order.
	 */
	private static function paid_text( \WC_Order $order ): string {
		$refunded = Amount::at_scale( $order->get_total_refunded() );
		if ( $order->has_status( 'refunded' ) || ( ! Amount::equal( $refunded, '0' ) && Amount::equal( $refunded, Amount::of_order( $order ) ) ) ) {
			return __( 'Refunded', 'gatewright-for-woocommerce' );
		}
		return Amount::equal( $refunded, '0' )
			? __( 'Paid', 'gatewright-for-woocommerce' )
			: __( 'Partly refunded', 'gatewright-for-woocommerce' );
	}
}
