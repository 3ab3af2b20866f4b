<?php
/**
 * "Needs attention".
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * What a person of this shop has to look at, money that belongs to no order included. Decisions are made at the bridge,
 * which records who made them and why.
 */
final class Attention_Page {

	const SLUG = 'gatewright-attention';

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * Which bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * A page.
	 *
	 * @param Bridge     $bridge     The bridge.
	 * @param Connection $connection Which bridge.
	 */
	public function __construct( Bridge $bridge, Connection $connection ) {
		$this->bridge     = $bridge;
		$this->connection = $connection;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'admin_menu', array( $this, 'add' ), 70 );
	}

	/**
	 * On admin_menu.
	 */
	public function add(): void {
		if ( $this->connection->exists() ) {
			add_submenu_page( 'woocommerce', __( 'Payments that need attention', 'gatewright-for-woocommerce' ), __( 'Needs attention', 'gatewright-for-woocommerce' ), 'manage_woocommerce', self::SLUG, array( $this, 'render' ) );
		}
	}

	/**
	 * Renders the page.
	 */
	public function render(): void {
		$result = $this->bridge->attention();
		echo '<div class="wrap"><h1>' . esc_html__( 'Payments that need attention', 'gatewright-for-woocommerce' ) . '</h1>';
		if ( ! $result->ok ) {
			echo '<div class="notice notice-error inline"><p>' . esc_html( $result->owner_text() ) . '</p></div>';
		} else {
			$this->render_items( $result );
		}
		echo '</div>';
	}

	/**
	 * The list.
	 *
	 * @param Result $result The bridge's answer.
	 */
	private function render_items( Result $result ): void {
		$items = $result->rows( 'items' );
		if ( array() === $items ) {
			echo '<p>' . esc_html__( 'Nothing waits for you.', 'gatewright-for-woocommerce' ) . '</p>';
			return;
		}
		echo '<p>' . esc_html__( 'Decide at the bridge with "gatewright review": it records who decided and why, and tells this shop.', 'gatewright-for-woocommerce' ) . '</p>';
		echo '<table class="widefat striped"><thead><tr>';
		foreach ( array( __( 'Since', 'gatewright-for-woocommerce' ), __( 'Order', 'gatewright-for-woocommerce' ), __( 'What', 'gatewright-for-woocommerce' ), __( 'What happened', 'gatewright-for-woocommerce' ), __( 'Review', 'gatewright-for-woocommerce' ) ) as $title ) {
			echo '<th scope="col">' . esc_html( $title ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $items as $item ) {
			echo '<tr><td>' . esc_html( Words::time( $item['opened_at'] ?? null ) ) . '</td><td>';
			$this->render_order( $item['order'] ?? null, true === ( $item['lost'] ?? false ) );
			echo '</td><td>' . esc_html( Words::exception( self::text( $item, 'kind' ) ) ) . '</td><td>' . esc_html( self::text( $item, 'detail' ) ) . '</td><td><code>' . esc_html( self::text( $item, 'id' ) ) . '</code></td></tr>';
		}
		echo '</tbody></table>';
		$more = $result->body['more'] ?? 0;
		if ( is_int( $more ) && $more > 0 ) {
			/* translators: %d: number of items that are not in the list */
			echo '<p>' . esc_html( sprintf( __( 'And %d more. "gatewright review list" at the bridge shows them all.', 'gatewright-for-woocommerce' ), $more ) ) . '</p>';
		}
	}

	/**
	 * The order, or that there is none.
	 *
	 * @param mixed $order_id The bridge's word for the order.
	 * @param bool  $lost     Whether another order has that number now.
	 */
	private function render_order( $order_id, bool $lost ): void {
		if ( ! is_string( $order_id ) && ! is_int( $order_id ) ) {
			echo esc_html__( 'No order', 'gatewright-for-woocommerce' );
			return;
		}
		if ( $lost ) {
			/* translators: %s: order id */
			echo esc_html( sprintf( __( '%s, an earlier order: another one has its number now', 'gatewright-for-woocommerce' ), (string) $order_id ) );
			return;
		}
		$order = wc_get_order( absint( $order_id ) );
		if ( $order instanceof \WC_Order ) {
			echo '<a href="' . esc_url( $order->get_edit_order_url() ) . '">#' . esc_html( (string) $order->get_order_number() ) . '</a>';
			return;
		}
		/* translators: %s: order id */
		echo esc_html( sprintf( __( '%s, not in this shop', 'gatewright-for-woocommerce' ), (string) $order_id ) );
	}

	/**
	 * A text field; empty when it is none.
	 *
	 * @param array<string, mixed> $item Item.
	 * @param string               $name Field.
	 */
	private static function text( array $item, string $name ): string {
		return is_string( $item[ $name ] ?? null ) ? $item[ $name ] : '';
	}
}
