<?php
/**
 * "Check again".
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Bridge\Order_Views;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * Lets the bridge look at the gateway again: from the box, and from WooCommerce's list of order actions.
 */
final class Recheck {

	const ACTION = 'gatewright_recheck';

	/**
	 * What the bridge says of orders.
	 *
	 * @var Order_Views
	 */
	private $views;

	/**
	 * Looking again.
	 *
	 * @param Order_Views $views What the bridge says of orders.
	 */
	public function __construct( Order_Views $views ) {
		$this->views = $views;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'admin_post_' . self::ACTION, array( $this, 'from_box' ) );
		add_filter( 'woocommerce_order_actions', array( $this, 'add_action' ), 10, 2 );
		add_action( 'woocommerce_order_action_' . self::ACTION, array( $this, 'look' ) );
	}

	/**
	 * The button's address.
	 *
	 * @param int $order_id Order.
	 */
	public static function url( int $order_id ): string {
		$url = add_query_arg(
			array(
				'action'   => self::ACTION,
				'order_id' => $order_id,
			),
			admin_url( 'admin-post.php' )
		);
		return wp_nonce_url( $url, self::ACTION . $order_id );
	}

	/**
	 * On admin_post_gatewright_recheck.
	 */
	public function from_box(): void {
		$order_id = isset( $_GET['order_id'] ) ? absint( wp_unslash( $_GET['order_id'] ) ) : 0;
		check_admin_referer( self::ACTION . $order_id );
		$order = wc_get_order( $order_id );
		if ( ! current_user_can( 'edit_shop_orders' ) || ! $order instanceof \WC_Order || ! Order_Payment::is_ours( $order ) ) {
			wp_die( esc_html__( 'You may not look at this order.', 'gatewright-for-woocommerce' ), '', array( 'response' => 403 ) );
		}
		$this->look( $order );
		wp_safe_redirect( $order->get_edit_order_url() );
		exit;
	}

	/**
	 * On woocommerce_order_actions.
	 *
	 * @param array          $actions Actions of the order.
	 * @param \WC_Order|null $order   Order; WooCommerce gives it since 5.8.
	 * @return array
	 */
	public function add_action( $actions, $order = null ) {
		if ( $order instanceof \WC_Order && Order_Payment::is_ours( $order ) ) {
			$actions[ self::ACTION ] = __( 'Check the Gatewright payment again', 'gatewright-for-woocommerce' );
		}
		return $actions;
	}

	/**
	 * Looks; the box shows what was found. A refusal, such as "too soon", is noted on the order.
	 *
	 * @param \WC_Order $order Order.
	 */
	public function look( $order ): void {
		$result = $this->views->recheck( $order );
		if ( ! $result->ok ) {
			/* translators: %s: why the payment could not be looked up */
			$order->add_order_note( sprintf( __( 'Gatewright: not checked again. %s', 'gatewright-for-woocommerce' ), esc_html( $result->owner_text() ) ) );
		}
	}
}
