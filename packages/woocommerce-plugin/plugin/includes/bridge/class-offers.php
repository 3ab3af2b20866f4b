<?php
/**
 * Offers, remembered.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Bridge;

use Gatewright\WooCommerce\Log\Log;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce asks several times per page whether a method is available; the bridge is asked once in 30 s.
 */
final class Offers {

	const LIFE = 30;

	/**
	 * Seconds in which a silent bridge is not asked again, so that each page does not wait for it.
	 */
	const SILENCE_LIFE = 10;

	/**
	 * The bridge.
	 *
	 * @var Bridge
	 */
	private $bridge;

	/**
	 * The plugin's log.
	 *
	 * @var Log
	 */
	private $log;

	/**
	 * Why gateways were hidden.
	 *
	 * @var Hidden_Methods
	 */
	private $hidden;

	/**
	 * Offers.
	 *
	 * @param Bridge         $bridge The bridge.
	 * @param Log            $log    The plugin's log.
	 * @param Hidden_Methods $hidden Why gateways were hidden.
	 */
	public function __construct( Bridge $bridge, Log $log, Hidden_Methods $hidden ) {
		$this->bridge = $bridge;
		$this->log    = $log;
		$this->hidden = $hidden;
	}

	/**
	 * Gateways that can take the amount, once each; none when the bridge is silent.
	 *
	 * @param string $amount   Decimal.
	 * @param string $currency ISO 4217.
	 * @param string $locale   WordPress locale.
	 * @return string[]
	 */
	public function gateways( string $amount, string $currency, string $locale ): array {
		$name  = 'gatewright_offer_' . md5( "$amount $currency $locale" );
		$known = get_transient( $name );
		if ( is_array( $known ) ) {
			return $known;
		}
		$result = $this->bridge->offer( $amount, $currency, $locale );
		$ids    = array();
		foreach ( $result->ok ? $result->rows( 'accounts' ) : array() as $account ) {
			if ( is_string( $account['gateway'] ?? null ) ) {
				$ids[] = $account['gateway'];
			}
		}
		$ids = array_values( array_unique( $ids ) );
		if ( $result->ok ) {
			$this->tell_owner( $result, "$amount $currency" );
		}
		set_transient( $name, $ids, $result->ok ? self::LIFE : self::SILENCE_LIFE );
		return $ids;
	}

	/**
	 * Why a gateway is hidden at checkout stands in the log and in the settings.
	 *
	 * @param Result $offer  The bridge's answer.
	 * @param string $amount Amount and currency.
	 */
	private function tell_owner( Result $offer, string $amount ): void {
		foreach ( $offer->rows( 'unavailable' ) as $account ) {
			$text = is_string( $account['owner_message'] ?? null ) ? $account['owner_message'] : '';
			$id   = is_string( $account['gateway'] ?? null ) ? $account['gateway'] : '';
			$this->hidden->add( $id, $amount, $text );
			$this->log->info( "Hidden for $amount: $id. $text" );
		}
	}
}
