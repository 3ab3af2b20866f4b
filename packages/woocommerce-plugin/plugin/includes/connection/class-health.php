<?php
/**
 * Whether the connection works.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

use Gatewright\WooCommerce\Bridge\Result;

defined( 'ABSPATH' ) || exit;

/**
 * Remembers since when calls fail. Written when that changes, not at every call.
 */
final class Health {

	const OPTION = 'gatewright_health';

	/**
	 * Seconds of silence after which the owner is told; one lost packet is no news.
	 */
	const PATIENCE = 120;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * Health.
	 *
	 * @param callable $now Gives Unix seconds.
	 */
	public function __construct( callable $now ) {
		$this->now = $now;
	}

	/**
	 * Takes a call's outcome into account. A problem the bridge tells shows that it is there, unless it refuses our key.
	 *
	 * @param Result $result Outcome of a call.
	 */
	public function record( Result $result ): void {
		$broken = 401 === $result->status || ( ! $result->ok && ! $result->is_problem() ) || $result->status >= 500;
		$known  = $this->fault();
		if ( ! $broken ) {
			if ( null !== $known ) {
				delete_option( self::OPTION );
			}
			return;
		}
		$reason = 401 === $result->status ? 'unauthorized' : $result->reason;
		if ( null === $known || $known['reason'] !== $reason ) {
			$since = null === $known ? ( $this->now )() : $known['since'];
			update_option( self::OPTION, compact( 'since', 'reason' ), false );
		}
	}

	/**
	 * Since when and why calls fail; null when they work.
	 *
	 * @return array{since: int, reason: string}|null
	 */
	public function fault(): ?array {
		$fault = get_option( self::OPTION, null );
		return is_array( $fault ) && isset( $fault['since'], $fault['reason'] ) ? $fault : null;
	}

	/**
	 * Whether the owner has to be told.
	 */
	public function is_broken(): bool {
		$fault = $this->fault();
		return null !== $fault && ( 'unauthorized' === $fault['reason'] || ( $this->now )() - $fault['since'] >= self::PATIENCE );
	}

	/**
	 * Forgets what was.
	 */
	public function reset(): void {
		delete_option( self::OPTION );
	}
}
