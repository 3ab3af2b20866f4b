<?php
/**
 * The method for all gateways.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Orders\Order_Payment;
use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * One row at checkout; also the place of all settings.
 */
final class Combined_Method extends Method {

	/**
	 * The method.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->id                 = Order_Payment::GATEWAY_ID;
		$this->method_title       = __( 'Gatewright', 'gatewright-for-woocommerce' );
		$this->method_description = __( 'Takes payments through your Gatewright bridge.', 'gatewright-for-woocommerce' );
		parent::__construct( $plugin );
	}

	/**
	 * The shopper chooses.
	 */
	public function gateway(): ?string {
		return null;
	}

	/**
	 * With one method per gateway, this one is not shown.
	 */
	public function is_on(): bool {
		return parent::is_on() && ! $this->plugin->is_separate();
	}

	/**
	 * Fields of the settings.
	 */
	public function init_form_fields() {
		$this->form_fields = Settings_Fields::main();
	}

	/**
	 * Connection first, then the settings.
	 */
	public function admin_options() {
		$this->plugin->connection_view()->render();
		parent::admin_options();
	}

	/**
	 * Saves the settings, then what was pressed in the part about the connection.
	 *
	 * @return bool
	 */
	public function process_admin_options() {
		$saved = parent::process_admin_options();
		$this->plugin->connection_screen()->process();
		return $saved;
	}
}
