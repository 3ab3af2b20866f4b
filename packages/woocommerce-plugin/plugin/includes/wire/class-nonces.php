<?php
/**
 * Used nonces.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Wire;

use Gatewright\WooCommerce\Install\Tables;

defined( 'ABSPATH' ) || exit;

/**
 * In a table, not in transients: an object cache may forget, and only a unique key decides between two at once.
 */
final class Nonces {

	/**
	 * True when the nonce is new, false when it was used, null when that cannot be stored.
	 *
	 * @param string $key_id     The key it was used with.
	 * @param string $nonce      The nonce.
	 * @param int    $now        Unix seconds.
	 * @param int    $expires_at Unix seconds.
	 */
	public function spend( string $key_id, string $nonce, int $now, int $expires_at ): ?bool {
		global $wpdb;
		$table = Tables::name( 'gatewright_nonces' );
		// phpcs:disable WordPress.DB -- the plugin's own table, past every cache.
		$wpdb->query( $wpdb->prepare( "DELETE FROM $table WHERE expires_at < %d LIMIT 100", $now ) );
		$added = $wpdb->query(
			$wpdb->prepare( "INSERT IGNORE INTO $table (id, expires_at) VALUES (%s, %d)", hash( 'sha256', "$key_id $nonce" ), $expires_at )
		);
		// phpcs:enable WordPress.DB
		return false === $added ? null : $added > 0;
	}
}
