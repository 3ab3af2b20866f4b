<?php
/**
 * Why a gateway was hidden at checkout.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

defined( 'ABSPATH' ) || exit;

/**
 * The last reason of each gateway, kept for a day for the owner's settings. Not every checkout writes: a shop has many.
 */
final class Hidden_Methods {

	const TRANSIENT = 'gatewright_hidden';

	/**
	 * Seconds in which a reason that is known is not written again.
	 */
	const PAUSE = 600;

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * Hidden methods.
	 *
	 * @param callable $now Gives Unix seconds.
	 */
	public function __construct( callable $now ) {
		$this->now = $now;
	}

	/**
	 * Keeps a reason.
	 *
	 * @param string $gateway Gateway's id.
	 * @param string $amount  Amount and currency it was hidden for.
	 * @param string $text    What the bridge says to the owner.
	 */
	public function add( string $gateway, string $amount, string $text ): void {
		$rows  = $this->all();
		$now   = ( $this->now )();
		$known = $rows[ $gateway ] ?? null;
		if ( null !== $known && $known['text'] === $text && $now - $known['at'] < self::PAUSE ) {
			return;
		}
		$rows[ $gateway ] = array(
			'at'     => $now,
			'amount' => $amount,
			'text'   => $text,
		);
		set_transient( self::TRANSIENT, $rows, DAY_IN_SECONDS );
	}

	/**
	 * The reasons of the last day, by gateway.
	 *
	 * @return array<string, array{at: int, amount: string, text: string}>
	 */
	public function all(): array {
		$rows = get_transient( self::TRANSIENT );
		$from = ( $this->now )() - DAY_IN_SECONDS;
		return array_filter(
			is_array( $rows ) ? $rows : array(),
			static function ( $row ) use ( $from ) {
				return $row['at'] > $from;
			}
		);
	}
}
