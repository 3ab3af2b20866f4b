<?php
/**
 * Keeping what is known of the bridge up to date.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

use Gatewright\WooCommerce\Bridge\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * Once an hour: mode and gateways may change at the bridge, and a broken connection shows before a shopper meets it.
 */
final class Refresh {

	const EVENT = 'gatewright_refresh';

	/**
	 * Where it is kept.
	 *
	 * @var Connection
	 */
	private $connection;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * A refresh.
	 *
	 * @param Connection $connection Where it is kept.
	 * @param Bridge     $bridge     The bridge.
	 */
	public function __construct( Connection $connection, Bridge $bridge ) {
		$this->connection = $connection;
		$this->bridge     = $bridge;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( self::EVENT, array( $this, 'run' ) );
		// Not earlier: scheduling asks every plugin for its intervals, and WooCommerce's have names that are translated.
		add_action( 'init', array( self::class, 'schedule' ) );
	}

	/**
	 * On init.
	 */
	public static function schedule(): void {
		if ( ! wp_next_scheduled( self::EVENT ) ) {
			wp_schedule_event( time(), 'hourly', self::EVENT );
		}
	}

	/**
	 * On gatewright_refresh.
	 */
	public function run(): void {
		if ( $this->connection->exists() ) {
			$this->connection->learn( $this->bridge->hello() );
		}
	}

	/**
	 * When the plugin is switched off.
	 */
	public static function stop(): void {
		wp_clear_scheduled_hook( self::EVENT );
	}
}
