<?php
/**
 * What the owner presses in the part of the settings that is about the connection.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Connection;
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
	 * Whether the connection works.
	 *
	 * @var Health
	 */
	private $health;

	/**
	 * A screen.
	 *
	 * @param Connection $connection Which bridge.
	 * @param Pairing    $pairing    Pairing.
	 * @param Health     $health     Whether the connection works.
	 */
	public function __construct( Connection $connection, Pairing $pairing, Health $health ) {
		$this->connection = $connection;
		$this->pairing    = $pairing;
		$this->health     = $health;
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
}
