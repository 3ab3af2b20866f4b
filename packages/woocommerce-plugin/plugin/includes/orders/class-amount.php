<?php
/**
 * Amounts of money.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Orders;

defined( 'ABSPATH' ) || exit;

/**
 * Decimal strings, compared by value without a float.
 */
final class Amount {

	/**
	 * An order's total at the shop's number of decimals.
	 *
	 * @param \WC_Order $order Order.
	 */
	public static function of_order( \WC_Order $order ): string {
		return self::at_scale( $order->get_total() );
	}

	/**
	 * A value of WooCommerce's at the shop's number of decimals.
	 *
	 * @param string|int|float $value Value.
	 */
	public static function at_scale( $value ): string {
		return (string) wc_format_decimal( $value, wc_get_price_decimals() );
	}

	/**
	 * The shortest form of a decimal without a sign; null when the text is none.
	 *
	 * @param string $text Decimal.
	 */
	public static function parse( string $text ): ?string {
		if ( 1 !== preg_match( '/\A([0-9]{1,30})(?:\.([0-9]{1,30}))?\z/', $text, $parts ) ) {
			return null;
		}
		$whole    = ltrim( $parts[1], '0' );
		$fraction = rtrim( $parts[2] ?? '', '0' );
		return ( '' === $whole ? '0' : $whole ) . ( '' === $fraction ? '' : ".$fraction" );
	}

	/**
	 * Whether two decimals have the same value; what is no decimal equals nothing.
	 *
	 * @param string $one     Decimal.
	 * @param string $another Decimal.
	 */
	public static function equal( string $one, string $another ): bool {
		$parsed = self::parse( $one );
		return null !== $parsed && self::parse( $another ) === $parsed;
	}
}
