<?php
/**
 * A payment method in checkout made of blocks.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Blocks;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;
use Gatewright\WooCommerce\Gateway\Method;
use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * Tells the one script of the plugin what there is to show. Texts go out translated.
 */
final class Blocks_Method extends AbstractPaymentMethodType {

	const HANDLE = 'gatewright-blocks';

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * The method.
	 *
	 * @var Method
	 */
	private $method;

	/**
	 * A method.
	 *
	 * @param Plugin $plugin The plugin.
	 * @param Method $method The method.
	 */
	public function __construct( Plugin $plugin, Method $method ) {
		$this->plugin = $plugin;
		$this->method = $method;
		$this->name   = $method->id;
	}

	/**
	 * Nothing to read ahead: the method has read its settings.
	 */
	public function initialize() {
		$this->settings = $this->method->settings;
	}

	/**
	 * Whether it is shown; in the editor there is no cart, so the connection decides.
	 *
	 * @return bool
	 */
	public function is_active() {
		return $this->method->is_available();
	}

	/**
	 * The script. It is written as it is: nothing has to be built.
	 *
	 * @return string[]
	 */
	public function get_payment_method_script_handles() {
		if ( ! wp_script_is( self::HANDLE, 'registered' ) ) {
			wp_register_script(
				self::HANDLE,
				plugins_url( 'assets/blocks.js', GATEWRIGHT_FILE ),
				array( 'wc-blocks-registry', 'wc-settings', 'wp-element', 'wp-html-entities' ),
				GATEWRIGHT_VERSION,
				true
			);
			wp_add_inline_script( self::HANDLE, 'window.gatewrightMethods = ' . wp_json_encode( $this->names() ) . ';', 'before' );
		}
		return array( self::HANDLE );
	}

	/**
	 * What the script shows.
	 *
	 * @return array<string, mixed>
	 */
	public function get_payment_method_data() {
		return array(
			'title'       => $this->method->get_title(),
			'description' => $this->method->get_description(),
			'button'      => __( 'Continue to payment', 'gatewright-for-woocommerce' ),
			'supports'    => $this->get_supported_features(),
		);
	}

	/**
	 * Features.
	 *
	 * @return string[]
	 */
	public function get_supported_features() {
		return array_values( $this->method->supports );
	}

	/**
	 * Ids of all methods.
	 *
	 * @return string[]
	 */
	private function names(): array {
		return array_map(
			static function ( Method $method ): string {
				return $method->id;
			},
			$this->plugin->methods()->all()
		);
	}
}
