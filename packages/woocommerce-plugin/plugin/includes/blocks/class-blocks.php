<?php
/**
 * Checkout made of blocks.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Blocks;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;
use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * Registers each payment method with WooCommerce Blocks.
 */
final class Blocks {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Blocks.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * Hooks in.
	 */
	public function hook(): void {
		add_action( 'woocommerce_blocks_payment_method_type_registration', array( $this, 'register' ) );
	}

	/**
	 * On woocommerce_blocks_payment_method_type_registration.
	 *
	 * @param object $registry Blocks' registry of payment methods.
	 */
	public function register( $registry ): void {
		if ( ! class_exists( AbstractPaymentMethodType::class ) ) {
			return;
		}
		foreach ( $this->plugin->methods()->all() as $method ) {
			$registry->register( new Blocks_Method( $this->plugin, $method ) );
		}
	}
}
