<?php
/**
 * The thank-you page.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Storefront;

use Gatewright\WooCommerce\Bridge\Order_Views;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * Shows how the payment stands and keeps it up to date. It decides nothing: orders are settled by the bridge alone.
 */
final class Thank_You {

	const AJAX   = 'gatewright_status';
	const HANDLE = 'gatewright-live-status';

	/**
	 * What the bridge says of orders.
	 *
	 * @var Order_Views
	 */
	private $views;

	/**
	 * Which bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * A page.
	 *
	 * @param Order_Views $views      What the bridge says of orders.
	 * @param Connection  $connection Which bridge.
	 */
	public function __construct( Order_Views $views, Connection $connection ) {
		$this->views      = $views;
		$this->connection = $connection;
	}

	/**
	 * Hooks in. The action of the payment method's own name would miss orders whose method was renamed.
	 */
	public function hook(): void {
		add_action( 'woocommerce_before_thankyou', array( $this, 'render' ) );
		add_action( 'wc_ajax_' . self::AJAX, array( $this, 'answer' ) );
	}

	/**
	 * On woocommerce_before_thankyou.
	 *
	 * @param int $order_id Order.
	 */
	public function render( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order || ! Order_Payment::is_ours( $order ) ) {
			return;
		}
		$view  = $this->views->of( $order );
		$state = Payment_State::of( $order, $view );
		if ( Payment_State::may_change( $state ) ) {
			$this->enqueue();
		}
		$address = add_query_arg(
			array(
				'order_id' => $order->get_id(),
				'key'      => $order->get_order_key(),
			),
			\WC_AJAX::get_endpoint( self::AJAX )
		);
		echo '<section class="gatewright-status woocommerce-info" role="status" aria-live="polite" data-state="' . esc_attr( $state ) . '" data-address="' . esc_url( $address ) . '">';
		if ( $this->connection->is_test() ) {
			echo '<p><strong>' . esc_html__( 'Test mode: no real money is taken.', 'gatewright-for-woocommerce' ) . '</strong></p>';
		}
		echo '<p class="gatewright-status-text">' . esc_html( Payment_State::text( $state ) ) . '</p>';
		$this->render_links( $order, $view, $state );
		echo '</section>';
	}

	/**
	 * Answers the page's script: whoever has the order's key may know how it stands.
	 */
	public function answer(): void {
		nocache_headers();
		// phpcs:disable WordPress.Security.NonceVerification -- a read, opened by the order's key.
		$order = wc_get_order( isset( $_GET['order_id'] ) ? absint( wp_unslash( $_GET['order_id'] ) ) : 0 );
		$key   = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : '';
		// phpcs:enable
		if ( ! $order instanceof \WC_Order || ! hash_equals( $order->get_order_key(), $key ) || ! Order_Payment::is_ours( $order ) ) {
			wp_send_json_error( null, 404 );
			return;
		}
		$state = Payment_State::of( $order, $this->views->of( $order ) );
		wp_send_json_success(
			array(
				'state'      => $state,
				'text'       => Payment_State::text( $state ),
				'may_change' => Payment_State::may_change( $state ),
				'can_pay'    => Payment_State::can_pay( $state, $order ),
			)
		);
	}

	/**
	 * Links to pay again and to the bridge's live page.
	 *
	 * @param \WC_Order $order Order.
	 * @param Result    $view  The bridge's view of it.
	 * @param string    $state State.
	 */
	private function render_links( \WC_Order $order, Result $view, string $state ): void {
		$live = Order_Views::page( $view );
		echo '<p class="gatewright-status-links">';
		if ( '' !== $live && Bridge_Address::origin( $live ) === Bridge_Address::origin( $this->connection->url() ) ) {
			echo '<a class="button" rel="noreferrer" href="' . esc_url( $live ) . '">' . esc_html__( 'Open the payment', 'gatewright-for-woocommerce' ) . '</a> ';
		}
		if ( $order->needs_payment() ) {
			$hidden = Payment_State::can_pay( $state, $order ) ? '' : ' hidden';
			echo '<a class="button gatewright-pay-again" href="' . esc_url( $order->get_checkout_payment_url() ) . '"' . esc_attr( $hidden ) . '>' . esc_html__( 'Pay again', 'gatewright-for-woocommerce' ) . '</a>';
		}
		echo '</p>';
	}

	/**
	 * The page's script.
	 */
	private function enqueue(): void {
		wp_enqueue_script( self::HANDLE, plugins_url( 'assets/live-status.js', GATEWRIGHT_FILE ), array(), GATEWRIGHT_VERSION, true );
	}
}
