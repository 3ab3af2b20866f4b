<?php
/**
 * Double of WooCommerce's settings of a payment method.
 */

abstract class WC_Settings_API {

	public $id          = '';
	public $settings    = array();
	public $form_fields = array();

	public function init_settings() {
		$defaults = array();
		foreach ( $this->form_fields as $name => $field ) {
			$defaults[ $name ] = $field['default'] ?? '';
		}
		$stored         = get_option( "woocommerce_{$this->id}_settings" );
		$this->settings = is_array( $stored ) ? $stored + $defaults : $defaults;
	}

	public function get_option( $name, $fallback = null ) {
		if ( array() === $this->settings ) {
			$this->init_settings();
		}
		if ( ! array_key_exists( $name, $this->settings ) ) {
			throw new LogicException( "no setting $name" );
		}
		return $this->settings[ $name ];
	}

	public function process_admin_options() {
		foreach ( array_keys( $this->form_fields ) as $name ) {
			$field = "woocommerce_{$this->id}_$name";
			if ( isset( $_POST[ $field ] ) ) {
				$this->settings[ $name ] = wp_unslash( $_POST[ $field ] );
			}
		}
		return update_option( "woocommerce_{$this->id}_settings", $this->settings, true );
	}

	public function admin_options() {
		echo '<table class="form-table"></table>';
	}
}

abstract class WC_Payment_Gateway extends WC_Settings_API {

	public $has_fields;
	public $title;
	public $description;
	public $enabled = 'yes';
	public $supports = array( 'products' );
	public $method_title;
	public $method_description;
	public $view_transaction_url = '';

	public function get_title() {
		return $this->title;
	}

	public function get_description() {
		return $this->description;
	}

	public function supports( $feature ) {
		return in_array( $feature, $this->supports, true );
	}

	public function get_return_url( $order = null ) {
		return Site::$home . "/checkout/order-received/{$order->get_id()}/?key={$order->get_order_key()}";
	}
}

final class WC_Admin_Settings {
	public static function add_message( $text ) {
		Site::$messages[] = array( 'message', $text );
	}
	public static function add_error( $text ) {
		Site::$messages[] = array( 'error', $text );
	}
}
