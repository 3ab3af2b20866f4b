<?php
/**
 * The last things that went wrong.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Log;

defined( 'ABSPATH' ) || exit;

/**
 * Twenty entries, which the bridge's set-up check reads (GET /status). No secrets, no personal data.
 */
final class Last_Errors {

	const OPTION = 'gatewright_last_errors';
	const KEEP   = 20;

	/**
	 * Seconds in which the same entry is not written again, so that a stranger's calls do not become as many writes.
	 */
	const QUIET_SECONDS = 60;

	/**
	 * Adds an entry.
	 *
	 * @param int    $at     Unix seconds.
	 * @param string $source Where it happened.
	 * @param string $reason Kebab-case.
	 * @param string $detail What it was about.
	 */
	public function add( int $at, string $source, string $reason, string $detail ): void {
		$entries = $this->all();
		$entry   = compact( 'at', 'source', 'reason', 'detail' );
		foreach ( $entries as $known ) {
			if ( $at - $known['at'] < self::QUIET_SECONDS && array_merge( $known, array( 'at' => $at ) ) === $entry ) {
				return;
			}
		}
		$entries[] = $entry;
		update_option( self::OPTION, array_slice( $entries, -self::KEEP ), false );
	}

	/**
	 * Oldest first.
	 *
	 * @return array<int, array{at: int, source: string, reason: string, detail: string}>
	 */
	public function all(): array {
		$entries = get_option( self::OPTION, array() );
		return is_array( $entries ) ? array_values( $entries ) : array();
	}
}
