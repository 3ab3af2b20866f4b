<?php
/**
 * The part of the settings that is about the connection.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Bridge\Bridge;
use Gatewright\WooCommerce\Bridge\Hidden_Methods;
use Gatewright\WooCommerce\Bridge\Result;
use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Connection\Findings;
use Gatewright\WooCommerce\Connection\Health;
use Gatewright\WooCommerce\Connection\Pairing;
use Gatewright\WooCommerce\Orders\Order_Payment;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce → Settings → Payments → Gatewright. It stands inside WooCommerce's own form, so its buttons are called
 * "save", and it acts while the settings are saved.
 */
final class Connection_Screen {

	const CODE       = 'gatewright_pairing_code';
	const ADDRESS    = 'gatewright_bridge';
	const PAIR       = 'gatewright-pair';
	const CONNECT    = 'gatewright-connect';
	const DISCONNECT = 'gatewright-disconnect';

	/**
	 * Which bridge.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * Pairing.
	 *
	 * @var Pairing
	 */
	private $pairing;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * Whether the connection works.
	 *
	 * @var Health
	 */
	private $health;

	/**
	 * Why gateways were hidden.
	 *
	 * @var Hidden_Methods
	 */
	private $hidden;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * A screen.
	 *
	 * @param Connection     $connection Which bridge.
	 * @param Pairing        $pairing    Pairing.
	 * @param Bridge         $bridge     The bridge.
	 * @param Health         $health     Whether the connection works.
	 * @param Hidden_Methods $hidden     Why gateways were hidden.
	 * @param callable       $now        Gives Unix seconds.
	 */
	public function __construct( Connection $connection, Pairing $pairing, Bridge $bridge, Health $health, Hidden_Methods $hidden, callable $now ) {
		$this->connection = $connection;
		$this->pairing    = $pairing;
		$this->bridge     = $bridge;
		$this->health     = $health;
		$this->hidden     = $hidden;
		$this->now        = $now;
	}

	/**
	 * Address of the settings.
	 */
	public static function url(): string {
		return admin_url( 'admin.php?page=wc-settings&tab=checkout&section=' . Order_Payment::GATEWAY_ID );
	}

	/**
	 * Does what was pressed.
	 */
	public function process(): void {
		$nonce = isset( $_POST['_wpnonce'] ) ? sanitize_key( wp_unslash( $_POST['_wpnonce'] ) ) : '';
		if ( ! wp_verify_nonce( $nonce, 'woocommerce-settings' ) || ! current_user_can( 'manage_woocommerce' ) ) {
			return;
		}
		$pressed = isset( $_POST['save'] ) ? sanitize_text_field( wp_unslash( $_POST['save'] ) ) : '';
		$code    = isset( $_POST[ self::CODE ] ) ? sanitize_text_field( wp_unslash( $_POST[ self::CODE ] ) ) : '';
		$address = isset( $_POST[ self::ADDRESS ] ) ? sanitize_text_field( wp_unslash( $_POST[ self::ADDRESS ] ) ) : '';
		if ( self::DISCONNECT === $pressed ) {
			$this->connection->disconnect();
			$this->health->reset();
			\WC_Admin_Settings::add_message( __( 'The shop is no longer connected. Remove it at the bridge too.', 'gatewright-for-woocommerce' ) );
		} elseif ( self::CONNECT === $pressed ) {
			$this->lead_to( $address );
		} elseif ( '' !== $code ) {
			$this->redeem( $code );
		}
	}

	/**
	 * Shows the connection.
	 */
	public function render(): void {
		echo '<div class="gatewright-connection">';
		if ( $this->connection->exists() ) {
			$this->render_connected();
		} else {
			$this->render_unconnected();
		}
		echo '</div>';
	}

	/**
	 * Redeems a pairing code.
	 *
	 * @param string $code What was pasted.
	 */
	private function redeem( string $code ): void {
		$fault = $this->pairing->redeem( $code );
		if ( '' !== $fault ) {
			\WC_Admin_Settings::add_error( $fault );
			return;
		}
		$this->health->reset();
		\WC_Admin_Settings::add_message( __( 'The shop is connected.', 'gatewright-for-woocommerce' ) );
	}

	/**
	 * Leads to the bridge's page for connecting, which asks WooCommerce for REST keys and shows a pairing code.
	 *
	 * @param string $address What was typed.
	 */
	private function lead_to( string $address ): void {
		$bridge = Bridge_Address::parse( $address );
		if ( null === $bridge ) {
			\WC_Admin_Settings::add_error( __( 'Give the address of your bridge, such as https://pay.example.', 'gatewright-for-woocommerce' ) );
			return;
		}
		$query = http_build_query(
			array(
				'store_url'  => home_url(),
				'return_url' => self::url(),
			),
			'',
			'&',
			PHP_QUERY_RFC3986
		);
		// phpcs:ignore WordPress.Security.SafeRedirect -- the owner has typed the bridge's address.
		wp_redirect( "$bridge/connect?$query" );
		exit;
	}

	/**
	 * State of the connection, with what is wrong and what helps.
	 */
	private function render_connected(): void {
		$hello = $this->bridge->hello();
		$this->connection->learn( $hello );
		$facts = $this->connection->facts();
		if ( $this->connection->is_test() ) {
			echo '<div class="notice notice-warning inline"><p><strong>' . esc_html__( 'Test mode: no real money is taken.', 'gatewright-for-woocommerce' ) . '</strong></p></div>';
		}
		if ( '' !== $this->pairing->next_step() ) {
			echo '<p><a class="button button-primary" href="' . esc_url( $this->pairing->next_step() ) . '">' . esc_html__( "Next: give the bridge access to this shop's orders", 'gatewright-for-woocommerce' ) . '</a></p>';
		}
		Finding_List::render( Findings::all( $hello, $hello->ok ? $this->bridge->attention( 1 ) : Result::failure( 'unreachable' ), ( $this->now )() ) );
		Finding_List::render_hidden( $this->hidden->all(), $this->connection->gateways() );
		echo '<table class="form-table"><tbody>';
		self::row( __( 'Bridge', 'gatewright-for-woocommerce' ), $this->connection->url() );
		self::row( __( 'Store', 'gatewright-for-woocommerce' ), (string) ( $facts['store'] ?? '' ) );
		self::row( __( 'Gateways', 'gatewright-for-woocommerce' ), implode( ', ', $this->connection->gateways() ) );
		self::row( __( 'Version of the bridge', 'gatewright-for-woocommerce' ), (string) ( $facts['version'] ?? '' ) );
		echo '</tbody></table>';
		$this->render_code_field( __( 'To change the key, paste a new pairing code.', 'gatewright-for-woocommerce' ) );
		echo '<p class="submit">';
		self::button( self::PAIR, __( 'Take over the new key', 'gatewright-for-woocommerce' ) );
		self::button( self::DISCONNECT, __( 'Disconnect', 'gatewright-for-woocommerce' ) );
		echo '</p>';
	}

	/**
	 * The two ways to connect.
	 */
	private function render_unconnected(): void {
		echo '<h2>' . esc_html__( 'Connect', 'gatewright-for-woocommerce' ) . '</h2>';
		echo '<table class="form-table"><tbody><tr><th scope="row"><label for="' . esc_attr( self::ADDRESS ) . '">' . esc_html__( 'Address of your bridge', 'gatewright-for-woocommerce' ) . '</label></th><td>';
		echo '<input type="url" class="regular-text" id="' . esc_attr( self::ADDRESS ) . '" name="' . esc_attr( self::ADDRESS ) . '" placeholder="https://pay.example" />';
		echo '<p class="description">' . esc_html__( 'Leads to the bridge, which asks this shop for access and shows a pairing code.', 'gatewright-for-woocommerce' ) . '</p></td></tr></tbody></table>';
		echo '<p class="submit">';
		self::button( self::CONNECT, __( 'Connect', 'gatewright-for-woocommerce' ) );
		echo '</p>';
		$this->render_code_field( __( 'The line that the bridge shows. It works once, for ten minutes.', 'gatewright-for-woocommerce' ) );
		echo '<p class="submit">';
		self::button( self::PAIR, __( 'Pair', 'gatewright-for-woocommerce' ) );
		echo '</p>';
	}

	/**
	 * Where a pairing code is pasted.
	 *
	 * @param string $hint Hint below it.
	 */
	private function render_code_field( string $hint ): void {
		echo '<table class="form-table"><tbody><tr><th scope="row"><label for="' . esc_attr( self::CODE ) . '">' . esc_html__( 'Pairing code', 'gatewright-for-woocommerce' ) . '</label></th><td>';
		echo '<input type="text" class="regular-text" autocomplete="off" spellcheck="false" id="' . esc_attr( self::CODE ) . '" name="' . esc_attr( self::CODE ) . '" value="" />';
		echo '<p class="description">' . esc_html( $hint ) . '</p></td></tr></tbody></table>';
	}

	/**
	 * A row of the table.
	 *
	 * @param string $name  What it is.
	 * @param string $value Its value.
	 */
	private static function row( string $name, string $value ): void {
		echo '<tr><th scope="row">' . esc_html( $name ) . '</th><td>' . esc_html( $value ) . '</td></tr>';
	}

	/**
	 * A button of WooCommerce's form.
	 *
	 * @param string $value What it does.
	 * @param string $text  Its text.
	 */
	private static function button( string $value, string $text ): void {
		echo '<button type="submit" class="button" name="save" value="' . esc_attr( $value ) . '">' . esc_html( $text ) . '</button> ';
	}
}
