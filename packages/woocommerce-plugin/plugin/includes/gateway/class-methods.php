<?php
/**
 * All payment methods of the plugin.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * The combined method and, in the layout of one method per gateway, one for each gateway the bridge has for this shop.
 */
final class Methods {

	/**
	 * The methods, made once.
	 *
	 * @var Method[]|null
	 */
	private $all;

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	private $plugin;

	/**
	 * Methods.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin = $plugin;
	}

	/**
	 * On woocommerce_payment_gateways.
	 *
	 * @param array $methods Methods of other plugins: class names or objects.
	 * @return array
	 */
	public function add( $methods ) {
		return array_merge( is_array( $methods ) ? $methods : array(), $this->all() );
	}

	/**
	 * The methods.
	 *
	 * @return Method[]
	 */
	public function all(): array {
		if ( null === $this->all ) {
			$this->all = array( new Combined_Method( $this->plugin ) );
			foreach ( $this->plugin->is_separate() ? $this->plugin->connection()->gateways() : array() as $id => $title ) {
				$this->all[] = new Single_Method( $this->plugin, (string) $id, (string) $title );
			}
		}
		return $this->all;
	}
}
