<?php
/**
 * A payment method at checkout.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

use Gatewright\WooCommerce\Orders\Fresh_Order;
use Gatewright\WooCommerce\Orders\Order_Payment;
use Gatewright\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * What the combined method and the methods of single gateways have in common.
 */
abstract class Method extends \WC_Payment_Gateway {

	/**
	 * The plugin.
	 *
	 * @var Plugin
	 */
	protected $plugin;

	/**
	 * A method. WooCommerce fills in title, description and enabled from the settings.
	 *
	 * @param Plugin $plugin The plugin.
	 */
	public function __construct( Plugin $plugin ) {
		$this->plugin     = $plugin;
		$this->has_fields = false;
		$this->supports   = array( 'products', 'refunds' );
		$this->init_form_fields();
		$this->init_settings();
		$this->title       = (string) $this->get_option( 'title' );
		$this->description = $this->shown_description();
		$this->enabled     = (string) $this->get_option( 'enabled' );
		add_action( 'woocommerce_update_options_payment_gateways_' . $this->id, array( $this, 'process_admin_options' ) );
	}

	/**
	 * The gateway this method stands for; null: the shopper chooses.
	 */
	abstract public function gateway(): ?string;

	/**
	 * Enabled, connected, and the bridge has somebody who takes this amount in this currency.
	 *
	 * @return bool
	 */
	public function is_available() {
		return $this->is_on() && $this->plugin->availability()->has( $this->gateway() );
	}

	/**
	 * Whether the owner wants this method to be shown and the layout has it.
	 */
	public function is_on(): bool {
		return 'yes' === $this->enabled;
	}

	/**
	 * Starts the payment.
	 *
	 * @param int $order_id Order.
	 * @return array<string, string>
	 * @throws Payment_Refused With the shopper's text.
	 */
	public function process_payment( $order_id ) {
		$order = wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order ) {
			throw new Payment_Refused( esc_html__( 'There is no such order.', 'gatewright-for-woocommerce' ) );
		}
		$request = Checkout_Request::of( $order, $this, $this->gateway(), $this->plugin->sends_email() );
		return $this->plugin->payment_start()->start( $order, $request );
	}

	/**
	 * Refunds.
	 *
	 * @param int                   $order_id Order.
	 * @param string|int|float|null $amount   Amount.
	 * @param string                $reason   What the owner typed.
	 * @return bool|\WP_Error
	 */
	public function process_refund( $order_id, $amount = null, $reason = '' ) {
		$order = Fresh_Order::read( (int) $order_id );
		return null === $order
			? new \WP_Error( 'gatewright-order-missing', __( 'There is no such order.', 'gatewright-for-woocommerce' ) )
			: $this->plugin->refunds()->refund( $order, $amount, (string) $reason );
	}

	/**
	 * Whether an order can be refunded through the bridge.
	 *
	 * @param \WC_Order $order Order.
	 * @return bool
	 */
	public function can_refund_order( $order ) {
		return $order instanceof \WC_Order && $this->supports( 'refunds' ) && $this->plugin->refunds()->can_refund( $order );
	}

	/**
	 * Where the transaction can be looked at.
	 *
	 * @param \WC_Order $order Order.
	 * @return string
	 */
	public function get_transaction_url( $order ) {
		$url = Order_Payment::is_ours( $order ) ? Transaction_Link::of( $order, $this->plugin->connection() ) : '';
		return (string) apply_filters( 'woocommerce_get_transaction_url', $url, $order, $this );
	}

	/**
	 * Whether the owner has to do something before it works.
	 *
	 * @return bool
	 */
	public function needs_setup() {
		return ! $this->plugin->connection()->exists();
	}

	/**
	 * For WooCommerce's list of payment providers.
	 *
	 * @return bool
	 */
	public function is_account_connected() {
		return $this->plugin->connection()->exists();
	}

	/**
	 * For WooCommerce's list of payment providers.
	 *
	 * @return bool
	 */
	public function is_test_mode() {
		return $this->plugin->connection()->is_test();
	}

	/**
	 * The description; in test mode it says so.
	 */
	private function shown_description(): string {
		$text = (string) $this->get_option( 'description' );
		return $this->plugin->connection()->is_test()
			? trim( __( 'Test mode: no real money is taken, and nothing will be delivered.', 'gatewright-for-woocommerce' ) . ' ' . $text )
			: $text;
	}
}
