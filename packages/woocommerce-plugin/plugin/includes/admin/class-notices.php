<?php
/**
 * Notices for the owner.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * A broken connection, a method that is enabled without one, and test mode, which must not be forgotten.
 */
final class Notices {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Notices.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'admin_notices', array( $this, 'render' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( GATEWRIGHT_FILE ), array( $this, 'links' ) );
	}

	/**
	 * On admin_notices.
	 */
	public function render(): void {
		if ( ! current_user_can( 'manage_woocommerce' ) || ! $this->plugin->is_enabled() ) {
			return;
		}
		$connection = $this->plugin->connection();
		if ( ! $connection->exists() ) {
			self::notice( 'error', __( 'Gatewright is enabled but not connected to a bridge, so shoppers do not see it.', 'gatewright-for-woocommerce' ) );
			return;
		}
		if ( $this->plugin->health()->is_broken() ) {
			$fault = $this->plugin->health()->fault();
			/* translators: %s: date and time */
			self::notice( 'error', sprintf( __( 'The connection to the Gatewright bridge has been broken since %s: shoppers do not see its payment methods, and orders that are paid meanwhile are marked later.', 'gatewright-for-woocommerce' ), Words::time( $fault['since'] ?? null ) ) );
		}
		if ( $connection->is_test() ) {
			self::notice( 'warning', __( 'Gatewright is in test mode: shoppers can finish orders without real money.', 'gatewright-for-woocommerce' ) );
		}
	}

	/**
	 * On plugin_action_links.
	 *
	 * @param string[] $links Links.
	 * @return string[]
	 */
	public function links( $links ) {
		return array_merge( array( '<a href="' . esc_url( Connection_Screen::url() ) . '">' . esc_html__( 'Settings', 'gatewright-for-woocommerce' ) . '</a>' ), is_array( $links ) ? $links : array() );
	}

	/**
	 * A notice with a link to the settings.
	 *
	 * @param string $kind error or warning.
	 * @param string $text Text.
	 */
	private static function notice( string $kind, string $text ): void {
		echo '<div class="notice notice-' . esc_attr( $kind ) . '"><p>' . esc_html( $text ) . ' <a href="' . esc_url( Connection_Screen::url() ) . '">' . esc_html__( 'Settings', 'gatewright-for-woocommerce' ) . '</a></p></div>';
	}
}
