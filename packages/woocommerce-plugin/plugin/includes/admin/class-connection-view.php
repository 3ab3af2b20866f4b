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
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Connection\Findings;
use Gatewright\WooCommerce\Connection\Pairing;

defined( 'ABSPATH' ) || exit;

/**
 * How the connection stands, and the ways to connect. Connection_Screen does what is pressed here.
 */
final class Connection_View {

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
	 * A view.
	 *
	 * @param Connection     $connection Which bridge.
	 * @param Pairing        $pairing    Pairing.
	 * @param Bridge         $bridge     The bridge.
	 * @param Hidden_Methods $hidden     Why gateways were hidden.
	 * @param callable       $now        Gives Unix seconds.
	 */
	public function __construct( Connection $connection, Pairing $pairing, Bridge $bridge, Hidden_Methods $hidden, callable $now ) {
		$this->connection = $connection;
		$this->pairing    = $pairing;
		$this->bridge     = $bridge;
		$this->hidden     = $hidden;
		$this->now        = $now;
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
		self::button( Connection_Screen::PAIR, __( 'Take over the new key', 'gatewright-for-woocommerce' ) );
		self::button( Connection_Screen::DISCONNECT, __( 'Disconnect', 'gatewright-for-woocommerce' ) );
		echo '</p>';
	}

	/**
	 * The two ways to connect.
	 */
	private function render_unconnected(): void {
		echo '<h2>' . esc_html__( 'Connect', 'gatewright-for-woocommerce' ) . '</h2>';
		echo '<table class="form-table"><tbody><tr><th scope="row"><label for="' . esc_attr( Connection_Screen::ADDRESS ) . '">' . esc_html__( 'Address of your bridge', 'gatewright-for-woocommerce' ) . '</label></th><td>';
		echo '<input type="url" class="regular-text" id="' . esc_attr( Connection_Screen::ADDRESS ) . '" name="' . esc_attr( Connection_Screen::ADDRESS ) . '" placeholder="https://pay.example" />';
		echo '<p class="description">' . esc_html__( 'Leads to the bridge, which asks this shop for access and shows a pairing code.', 'gatewright-for-woocommerce' ) . '</p></td></tr></tbody></table>';
		echo '<p class="submit">';
		self::button( Connection_Screen::CONNECT, __( 'Connect', 'gatewright-for-woocommerce' ) );
		echo '</p>';
		$this->render_code_field( __( 'The line that the bridge shows. It works once, for ten minutes.', 'gatewright-for-woocommerce' ) );
		echo '<p class="submit">';
		self::button( Connection_Screen::PAIR, __( 'Pair', 'gatewright-for-woocommerce' ) );
		echo '</p>';
	}

	/**
	 * Where a pairing code is pasted.
	 *
	 * @param string $hint Hint below it.
	 */
	private function render_code_field( string $hint ): void {
		echo '<table class="form-table"><tbody><tr><th scope="row"><label for="' . esc_attr( Connection_Screen::CODE ) . '">' . esc_html__( 'Pairing code', 'gatewright-for-woocommerce' ) . '</label></th><td>';
		echo '<input type="text" class="regular-text" autocomplete="off" spellcheck="false" id="' . esc_attr( Connection_Screen::CODE ) . '" name="' . esc_attr( Connection_Screen::CODE ) . '" value="" />';
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
