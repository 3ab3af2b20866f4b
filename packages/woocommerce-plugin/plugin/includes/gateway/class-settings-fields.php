<?php
/**
 * Fields of the settings.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

defined( 'ABSPATH' ) || exit;

/**
 * Ordinary settings only: WooCommerce's REST API shows them.
 */
final class Settings_Fields {

	const COMBINED = 'combined';
	const SEPARATE = 'separate';

	/**
	 * Fields of the main method.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	public static function main(): array {
		return array(
			'enabled'        => self::enabled( 'no' ),
			'layout'         => array(
				'title'       => __( 'At checkout', 'gatewright-for-woocommerce' ),
				'type'        => 'select',
				'default'     => self::COMBINED,
				'options'     => array(
					self::COMBINED => __( 'One method; the shopper chooses on the payment page', 'gatewright-for-woocommerce' ),
					self::SEPARATE => __( 'One method for each gateway', 'gatewright-for-woocommerce' ),
				),
				'description' => __( 'Each gateway then has its own row under Payments, with title and description.', 'gatewright-for-woocommerce' ),
			),
			'title'          => self::title( __( 'Crypto and more', 'gatewright-for-woocommerce' ) ),
			'description'    => self::description( __( 'You pay on the next page.', 'gatewright-for-woocommerce' ) ),
			'customer_email' => array(
				'title'       => __( 'Customer e-mail', 'gatewright-for-woocommerce' ),
				'type'        => 'checkbox',
				'label'       => __( "Send the customer's e-mail address to the bridge and the gateway", 'gatewright-for-woocommerce' ),
				'default'     => 'no',
				'description' => __( 'Some gateways send receipts. Name them in your privacy policy first.', 'gatewright-for-woocommerce' ),
			),
			'debug'          => array(
				'title'       => __( 'Log', 'gatewright-for-woocommerce' ),
				'type'        => 'checkbox',
				'label'       => __( 'Write every step to the log', 'gatewright-for-woocommerce' ),
				'default'     => 'no',
				'description' => __( 'WooCommerce → Status → Logs, gatewright-for-woocommerce. Errors are always written; secrets never.', 'gatewright-for-woocommerce' ),
			),
		);
	}

	/**
	 * Fields of a gateway's own method.
	 *
	 * @param string $title Title of the gateway.
	 * @return array<string, array<string, mixed>>
	 */
	public static function single( string $title ): array {
		return array(
			'enabled'     => self::enabled( 'yes' ),
			'title'       => self::title( $title ),
			'description' => self::description( '' ),
		);
	}

	/**
	 * The switch.
	 *
	 * @param string $by_default yes or no.
	 * @return array<string, mixed>
	 */
	private static function enabled( string $by_default ): array {
		return array(
			'title'   => __( 'Enable/Disable', 'gatewright-for-woocommerce' ),
			'type'    => 'checkbox',
			'label'   => __( 'Show at checkout', 'gatewright-for-woocommerce' ),
			'default' => $by_default,
		);
	}

	/**
	 * The title.
	 *
	 * @param string $by_default Default.
	 * @return array<string, mixed>
	 */
	private static function title( string $by_default ): array {
		return array(
			'title'   => __( 'Title', 'gatewright-for-woocommerce' ),
			'type'    => 'safe_text',
			'default' => $by_default,
		);
	}

	/**
	 * The description.
	 *
	 * @param string $by_default Default.
	 * @return array<string, mixed>
	 */
	private static function description( string $by_default ): array {
		return array(
			'title'   => __( 'Description', 'gatewright-for-woocommerce' ),
			'type'    => 'textarea',
			'default' => $by_default,
		);
	}
}
