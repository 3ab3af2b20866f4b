<?php
/**
 * The plugin's own tables.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Install;

defined( 'ABSPATH' ) || exit;

/**
 * Claims (who settled an order), instructions (calls that were carried out) and nonces (signatures that were used).
 */
final class Tables {

	const VERSION        = '2';
	const VERSION_OPTION = 'gatewright_tables';

	/**
	 * Short names of the tables that are of no use without the plugin.
	 *
	 * @return string[]
	 */
	public static function of_the_plugin(): array {
		return array( 'gatewright_instructions', 'gatewright_nonces' );
	}

	/**
	 * A table with the site's prefix.
	 *
	 * @param string $name Short name.
	 */
	public static function name( string $name ): string {
		global $wpdb;
		return $wpdb->prefix . $name;
	}

	/**
	 * Makes the tables where they are missing: at activation, after an update, on a new site of a network.
	 */
	public static function install(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		$collate = $wpdb->get_charset_collate();
		foreach ( self::definitions() as $name => $columns ) {
			dbDelta( 'CREATE TABLE ' . self::name( $name ) . " (\n$columns\n) $collate;" );
		}
		update_option( self::VERSION_OPTION, self::VERSION, true );
	}

	/**
	 * Installs when this site has not got this version of the tables.
	 */
	public static function ensure(): void {
		if ( self::VERSION !== get_option( self::VERSION_OPTION ) ) {
			self::install();
		}
	}

	/**
	 * Ids that come from outside are keys as SHA-256, because a column's collation may hold "A" and "a" to be the same.
	 *
	 * @return array<string, string>
	 */
	private static function definitions(): array {
		return array(
			'gatewright_claims'       => "order_id bigint(20) unsigned NOT NULL,\nclaim varchar(200) NOT NULL,\ninvoice varchar(200) NOT NULL,\ntransaction_id varchar(500) NOT NULL,\nstate varchar(10) NOT NULL,\ncreated_at bigint(20) NOT NULL,\norder_key_hash char(64) NOT NULL DEFAULT '',\nPRIMARY KEY  (order_id)",
			'gatewright_instructions' => "id char(64) NOT NULL,\norder_id bigint(20) unsigned NOT NULL,\ncreated_at bigint(20) NOT NULL,\nPRIMARY KEY  (id),\nKEY created_at (created_at)",
			'gatewright_nonces'       => "id char(64) NOT NULL,\nexpires_at bigint(20) NOT NULL,\nPRIMARY KEY  (id),\nKEY expires_at (expires_at)",
		);
	}
}
