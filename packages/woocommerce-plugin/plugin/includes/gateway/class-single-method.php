<?php
/**
 * The method of one gateway.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Orders\Order_Payment;
use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * A row at checkout for a gateway of the bridge, where the owner chose that layout.
 */
final class Single_Method extends Method {

	/**
	 * The gateway's id.
	 *
	 * @var string
	 */
	private $gateway;

	/**
	 * The gateway's title.
	 *
	 * @var string
	 */
	private $gateway_title;

	/**
	 * A method.
	 *
	 * @param Plugin $plugin  The plugin.
	 * @param string $gateway The gateway's id.
	 * @param string $title   The gateway's title.
	 */
	public function __construct( Plugin $plugin, string $gateway, string $title ) {
		$this->gateway       = $gateway;
		$this->gateway_title = $title;
		$this->id            = Order_Payment::GATEWAY_ID . '_' . $gateway;
		/* translators: %s: title of a gateway */
		$this->method_title = sprintf( __( 'Gatewright: %s', 'gatewright-for-woocommerce' ), $title );
		/* translators: %s: title of a gateway */
		$this->method_description = sprintf( __( 'Takes payments with %s through your Gatewright bridge.', 'gatewright-for-woocommerce' ), $title );
		parent::__construct( $plugin );
	}

	/**
	 * The gateway's id.
	 */
	public function gateway(): ?string {
		return $this->gateway;
	}

	/**
	 * Shown where the main method is enabled and the layout is one method per gateway.
	 */
	public function is_on(): bool {
		return parent::is_on() && $this->plugin->is_separate() && $this->plugin->is_enabled();
	}

	/**
	 * Fields of the settings.
	 */
	public function init_form_fields() {
		$this->form_fields = Settings_Fields::single( $this->gateway_title );
	}
}
