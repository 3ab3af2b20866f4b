<?php
/**
 * What is wrong with the shop's set-up.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Connection;

use Gatewright\WooCommerce\Bridge\Result;

defined( 'ABSPATH' ) || exit;

/**
 * Findings with cause and remedy: those seen from here, and those the bridge sees.
 */
final class Findings {

	/**
	 * The shortest time in which a payment can be made and confirmed, in minutes.
	 */
	const SHORTEST_HOLD = 30;

	/**
	 * Seconds the clocks may lie apart before a warning; at 300 every call is refused.
	 */
	const CLOCK_WARNING = 60;

	/**
	 * What the plugin sees by itself, and what the bridge says: of the same thing, by its code, only the bridge's words.
	 *
	 * @param Result $hello     Answer of hello.
	 * @param Result $attention Answer of attention.
	 * @param int    $now       Unix seconds.
	 * @return array<int, array{severity: string, cause: string, remedy: string}>
	 */
	public static function all( Result $hello, Result $attention, int $now ): array {
		$own = self::of_shop();
		if ( ! $hello->ok ) {
			$own['bridge-silent'] = self::finding( 'error', $hello->owner_text(), __( 'Check that the bridge runs and that this server may reach it; else pair the shop again.', 'gatewright-for-woocommerce' ) );
		} else {
			$own += self::of_bridge( $hello, $now );
		}
		$told = array();
		foreach ( $attention->ok ? $attention->rows( 'findings' ) : array() as $row ) {
			unset( $own[ self::text( $row, 'code' ) ] );
			$severity = self::text( $row, 'severity' );
			$told[]   = self::finding(
				in_array( $severity, array( 'error', 'info' ), true ) ? $severity : 'warning',
				trim( self::text( $row, 'cause' ) . ' ' . self::text( $row, 'effect' ) ),
				self::text( $row, 'remedy' )
			);
		}
		return array_merge( array_values( $own ), $told );
	}

	/**
	 * What can be seen in the shop itself, by the bridge's codes.
	 *
	 * @return array<string, array{severity: string, cause: string, remedy: string}>
	 */
	private static function of_shop(): array {
		$findings = array();
		if ( '' === (string) get_option( 'permalink_structure', '' ) ) {
			$findings['permalinks-plain'] = self::finding( 'error', __( 'Permalinks are plain, so the bridge cannot reach this shop: paid orders are not marked as paid.', 'gatewright-for-woocommerce' ), __( 'Choose another structure under Settings → Permalinks.', 'gatewright-for-woocommerce' ) );
		}
		if ( 'https' !== wp_parse_url( home_url(), PHP_URL_SCHEME ) ) {
			$findings['shop-not-https'] = self::finding( 'warning', __( 'The shop has no https address.', 'gatewright-for-woocommerce' ), __( 'Set up a certificate, then change the address under Settings → General and pair again.', 'gatewright-for-woocommerce' ) );
		}
		$minutes = (string) get_option( 'woocommerce_hold_stock_minutes', '60' );
		if ( '' !== $minutes && (int) $minutes > 0 && (int) $minutes < self::SHORTEST_HOLD ) {
			/* translators: %d: number of minutes */
			$cause                        = sprintf( __( 'WooCommerce gives unpaid orders up after %d minutes; a payment may take longer.', 'gatewright-for-woocommerce' ), (int) $minutes );
			$findings['hold-stock-short'] = self::finding( 'warning', $cause, __( 'Set "Hold stock" to 60 under WooCommerce → Settings → Products → Inventory.', 'gatewright-for-woocommerce' ) );
		}
		return $findings;
	}

	/**
	 * What hello shows, by the bridge's codes.
	 *
	 * @param Result $hello Answer of hello.
	 * @param int    $now   Unix seconds.
	 * @return array<string, array{severity: string, cause: string, remedy: string}>
	 */
	private static function of_bridge( Result $hello, int $now ): array {
		$findings = array();
		$clock    = $hello->body['clock'] ?? null;
		if ( is_int( $clock ) && abs( $clock - $now ) > self::CLOCK_WARNING ) {
			/* translators: %d: number of seconds */
			$cause                        = sprintf( __( "This server's clock and the bridge's differ by %d seconds; from 300 on every call is refused.", 'gatewright-for-woocommerce' ), abs( $clock - $now ) );
			$findings['shop-clock-wrong'] = self::finding( 'warning', $cause, __( 'Let both servers set their clocks by NTP.', 'gatewright-for-woocommerce' ) );
		}
		if ( array() === $hello->rows( 'gateways' ) ) {
			$findings['no-account'] = self::finding( 'error', __( 'The bridge has no gateway account for this shop, so nothing is shown at checkout.', 'gatewright-for-woocommerce' ), __( "Add one on the bridge's page, where you sign in with an operator's token.", 'gatewright-for-woocommerce' ) );
		}
		return $findings;
	}

	/**
	 * A finding.
	 *
	 * @param string $severity error, warning or info.
	 * @param string $cause    What is wrong and what follows from it.
	 * @param string $remedy   What to do.
	 * @return array{severity: string, cause: string, remedy: string}
	 */
	private static function finding( string $severity, string $cause, string $remedy ): array {
		return compact( 'severity', 'cause', 'remedy' );
	}

	/**
	 * A text field; empty when it is none.
	 *
	 * @param array<string, mixed> $row  A finding of the bridge.
	 * @param string               $name Field.
	 */
	private static function text( array $row, string $name ): string {
		return is_string( $row[ $name ] ?? null ) ? $row[ $name ] : '';
	}
}
