<?php
/**
 * Removal of what the plugin stored for itself.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Install;

use Gatewright\WooCommerce\Cancel\Cancel_Notifier;
use Gatewright\WooCommerce\Connection\Connection;
use Gatewright\WooCommerce\Connection\Health;
use Gatewright\WooCommerce\Connection\Refresh;
use Gatewright\WooCommerce\Log\Last_Errors;

defined( 'ABSPATH' ) || exit;

/**
 * Run when the owner deletes the plugin; on a network, for each of its sites.
 */
final class Uninstaller {

	/**
	 * Removes options and tables. The claims stay, as the orders do: they are who paid an order, without which a plugin that is
	 * installed again could neither refund it nor know that it has been settled.
	 */
	public static function run(): void {
		if ( ! is_multisite() ) {
			self::remove_from_site();
			return;
		}
		foreach ( get_sites(
			array(
				'fields' => 'ids',
				'number' => 0,
			)
		) as $site ) {
			switch_to_blog( (int) $site );
			self::remove_from_site();
			restore_current_blog();
		}
	}

	/**
	 * The current site. Order meta and claims are kept.
	 */
	private static function remove_from_site(): void {
		global $wpdb;
		Refresh::stop();
		Cancel_Notifier::stop();
		$options = array( Connection::OPTION, Connection::KEYS_OPTION, Health::OPTION, Last_Errors::OPTION, Tables::VERSION_OPTION );
		foreach ( $options as $option ) {
			delete_option( $option );
		}
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- options have no search by name of their own.
		$settings = $wpdb->get_col(
			$wpdb->prepare(
				"SELECT option_name FROM $wpdb->options WHERE option_name LIKE %s OR option_name LIKE %s",
				$wpdb->esc_like( 'woocommerce_gatewright' ) . '%' . $wpdb->esc_like( '_settings' ),
				$wpdb->esc_like( '_transient_gatewright_' ) . '%'
			)
		);
		foreach ( $settings as $name ) {
			if ( 0 === strpos( $name, '_transient_' ) ) {
				delete_transient( substr( $name, strlen( '_transient_' ) ) );
			} else {
				delete_option( $name );
			}
		}
		foreach ( Tables::of_the_plugin() as $table ) {
			// phpcs:ignore WordPress.DB -- a fixed name; tables can be dropped in no other way.
			$wpdb->query( 'DROP TABLE IF EXISTS ' . Tables::name( $table ) );
		}
	}
}
