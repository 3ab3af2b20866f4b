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
			$class = 'error' === $finding['severity'] ? 'notice-error' : 'notice-warning';
			echo '<div class="notice inline ' . esc_attr( $class ) . '"><p><strong>' . esc_html( $finding['cause'] ) . '</strong> ' . esc_html( $finding['remedy'] ) . '</p></div>';
		}
	}
}
