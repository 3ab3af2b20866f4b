<?php
/**
 * Findings on a page.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * What is wrong with the connection, and what helps.
 */
final class Finding_List {

	/**
	 * Renders findings; none is a finding too.
	 *
	 * @param array<int, array{severity: string, cause: string, remedy: string}> $findings Findings.
	 */
	public static function render( array $findings ): void {
		if ( array() === $findings ) {
			echo '<div class="notice notice-success inline"><p>' . esc_html__( 'The connection works.', 'gatewright-for-woocommerce' ) . '</p></div>';
		}
		foreach ( $findings as $finding ) {
			echo '<div class="notice inline ' . esc_attr( 'notice-' . $finding['severity'] ) . '"><p><strong>' . esc_html( $finding['cause'] ) . '</strong> ' . esc_html( $finding['remedy'] ) . '</p></div>';
		}
	}

	/**
	 * Renders why gateways were not shown at checkout.
	 *
	 * @param array<string, array{at: int, amount: string, text: string}> $hidden Reasons by gateway.
	 * @param array<string, string>                                       $titles Titles of gateways.
	 */
	public static function render_hidden( array $hidden, array $titles ): void {
		foreach ( $hidden as $gateway => $row ) {
			/* translators: 1: gateway, 2: amount and currency, 3: date and time */
			$cause = sprintf( __( '%1$s was not shown at checkout for %2$s (%3$s).', 'gatewright-for-woocommerce' ), $titles[ $gateway ] ?? $gateway, $row['amount'], Words::time( $row['at'] ) );
			echo '<div class="notice inline notice-info"><p><strong>' . esc_html( $cause ) . '</strong> ' . esc_html( $row['text'] ) . '</p></div>';
		}
	}
}
