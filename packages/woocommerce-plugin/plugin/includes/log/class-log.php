<?php
/**
 * The plugin's log.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Log;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce → Status → Logs. Callers hand over fixed words, ids and addresses of calls, never bodies, headers or keys.
 */
final class Log {

	const SOURCE = 'gatewright-for-woocommerce';

	/**
	 * What the bridge may read.
	 *
	 * @var Last_Errors
	 */
	private $errors;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * A log.
	 *
	 * @param Last_Errors $errors Where faults are kept.
	 * @param callable    $now    Gives Unix seconds.
	 */
	public function __construct( Last_Errors $errors, callable $now ) {
		$this->errors = $errors;
		$this->now    = $now;
	}

	/**
	 * Only when the owner has switched it on.
	 *
	 * @param string $message One line.
	 */
	public function debug( string $message ): void {
		$settings = get_option( 'woocommerce_gatewright_settings', array() );
		if ( is_array( $settings ) && 'yes' === ( $settings['debug'] ?? 'no' ) ) {
			wc_get_logger()->debug( $message, array( 'source' => self::SOURCE ) );
		}
	}

	/**
	 * Something an owner may want to look up later.
	 *
	 * @param string $message One line.
	 */
	public function info( string $message ): void {
		wc_get_logger()->info( $message, array( 'source' => self::SOURCE ) );
	}

	/**
	 * Something went wrong.
	 *
	 * @param string $source Where, such as bridge-call.
	 * @param string $reason Kebab-case.
	 * @param string $detail What it was about.
	 */
	public function fault( string $source, string $reason, string $detail = '' ): void {
		$line = '' === $detail ? "$source: $reason" : "$source: $reason ($detail)";
		wc_get_logger()->warning( $line, array( 'source' => self::SOURCE ) );
		$this->errors->add( ( $this->now )(), $source, $reason, $detail );
	}
}
