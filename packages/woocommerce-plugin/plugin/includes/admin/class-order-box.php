<?php
/**
 * The box on the order page.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Bridge\Order_Views;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Gateway\Transaction_Link;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * What the bridge knows of the order: status, exceptions, amounts, links, timeline. On both order screens.
 */
final class Order_Box {

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
	 * A box.
	 *
	 * @param Order_Views $views      What the bridge says of orders.
	 * @param Connection  $connection Which bridge.
	 */
	public function __construct( Order_Views $views, Connection $connection ) {
		$this->views      = $views;
		$this->connection = $connection;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'add_meta_boxes', array( $this, 'add' ), 10, 2 );
	}

	/**
	 * On add_meta_boxes. The screen is another one where orders are in tables of their own.
	 *
	 * @param string $screen Screen or post type.
	 * @param mixed  $shown  WP_Post or WC_Order.
	 */
	public function add( $screen, $shown = null ): void {
		$order = self::order_of( $shown );
		if ( null !== $order && Order_Payment::is_ours( $order ) ) {
			add_meta_box( 'gatewright-payment', __( 'Gatewright payment', 'gatewright-for-woocommerce' ), array( $this, 'render' ), wc_get_page_screen_id( 'shop-order' ), 'side', 'default' );
		}
	}

	/**
	 * Renders the box.
	 *
	 * @param mixed $shown WP_Post or WC_Order.
	 */
	public function render( $shown ): void {
		$order = self::order_of( $shown );
		if ( null === $order ) {
			return;
		}
		$view    = $this->views->of( $order );
		$attempt = Order_Views::main_attempt( $view );
		if ( $this->connection->is_test() ) {
			echo '<p><strong>' . esc_html__( 'Test mode', 'gatewright-for-woocommerce' ) . '</strong></p>';
		}
		if ( ! $view->ok ) {
			echo '<p>' . esc_html( $view->owner_text() ) . '</p>';
		} else {
			Transaction_Link::learn( $order, $view );
			$this->render_facts( $view, $attempt );
			$this->render_timeline( $attempt );
		}
		$this->render_links( $order, $view );
	}

	/**
	 * The order a screen is about.
	 *
	 * @param mixed $shown WP_Post or WC_Order.
	 */
	private static function order_of( $shown ): ?\WC_Order {
		$order = $shown instanceof \WP_Post ? wc_get_order( $shown->ID ) : $shown;
		return $order instanceof \WC_Order ? $order : null;
	}

	/**
	 * Status, exceptions and amounts.
	 *
	 * @param Result               $view    The bridge's view.
	 * @param array<string, mixed> $attempt The attempt it is about.
	 */
	private function render_facts( Result $view, array $attempt ): void {
		$exceptions = array_filter( is_array( $view->body['exceptions'] ?? null ) ? $view->body['exceptions'] : array(), 'is_string' );
		echo '<dl>';
		self::fact( __( 'Status', 'gatewright-for-woocommerce' ), Words::status( $view->text( 'status' ) ) );
		self::fact( __( 'Look at', 'gatewright-for-woocommerce' ), implode( ', ', array_map( array( Words::class, 'exception' ), $exceptions ) ) );
		self::fact( __( 'Gateway', 'gatewright-for-woocommerce' ), is_string( $attempt['title'] ?? null ) ? $attempt['title'] : '' );
		self::fact( __( 'To pay', 'gatewright-for-woocommerce' ), Words::money( $attempt['payable'] ?? null ) );
		self::fact( __( 'Received', 'gatewright-for-woocommerce' ), Words::money( $attempt['received'] ?? null ) );
		self::fact( __( 'Invoice', 'gatewright-for-woocommerce' ), $view->text( 'invoice' ) );
		self::fact( __( 'Transaction', 'gatewright-for-woocommerce' ), is_string( $attempt['transaction'] ?? null ) ? $attempt['transaction'] : '' );
		echo '</dl>';
	}

	/**
	 * What was learnt and decided, newest first.
	 *
	 * @param array<string, mixed> $attempt The attempt.
	 */
	private function render_timeline( array $attempt ): void {
		$rows = array_filter( is_array( $attempt['timeline'] ?? null ) ? $attempt['timeline'] : array(), 'is_array' );
		if ( array() === $rows ) {
			return;
		}
		echo '<details><summary>' . esc_html__( 'Timeline', 'gatewright-for-woocommerce' ) . '</summary><ul>';
		foreach ( array_reverse( $rows ) as $row ) {
			$text = trim( ( is_string( $row['event'] ?? null ) ? $row['event'] : '' ) . ' ' . ( is_string( $row['detail'] ?? null ) ? $row['detail'] : '' ) );
			echo '<li><time>' . esc_html( Words::time( $row['at'] ?? null ) ) . '</time> ' . esc_html( $text ) . '</li>';
		}
		echo '</ul></details>';
	}

	/**
	 * Links: the payment's page, the transaction, and looking again.
	 *
	 * @param \WC_Order $order Order.
	 * @param Result    $view  The bridge's view.
	 */
	private function render_links( \WC_Order $order, Result $view ): void {
		$pay  = Order_Views::page( $view );
		$link = Transaction_Link::of( $order, $this->connection );
		echo '<p>';
		if ( '' !== $pay ) {
			echo '<a href="' . esc_url( $pay, array( 'https', 'http' ) ) . '" target="_blank" rel="noopener noreferrer">' . esc_html__( 'Page of the payment', 'gatewright-for-woocommerce' ) . '</a><br />';
		}
		if ( '' !== $link && $link !== $pay ) {
			echo '<a href="' . esc_url( $link, array( 'https', 'http' ) ) . '" target="_blank" rel="noopener noreferrer">' . esc_html__( 'Look up the transaction', 'gatewright-for-woocommerce' ) . '</a>';
		}
		echo '</p><p><a class="button" href="' . esc_url( Recheck::url( $order->get_id() ) ) . '">' . esc_html__( 'Check again', 'gatewright-for-woocommerce' ) . '</a></p>';
	}

	/**
	 * A line; left out when there is nothing to say.
	 *
	 * @param string $name  What it is.
	 * @param string $value Its value.
	 */
	private static function fact( string $name, string $value ): void {
		if ( '' !== $value ) {
			echo '<dt><strong>' . esc_html( $name ) . '</strong></dt><dd style="margin:0 0 8px;overflow-wrap:anywhere">' . esc_html( $value ) . '</dd>';
		}
	}
}
