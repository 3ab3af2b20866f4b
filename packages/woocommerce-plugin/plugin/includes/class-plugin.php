<?php
/**
 * The plugin as a whole.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the parts, each once.
 */
final class Plugin {

	/**
	 * The running plugin.
	 *
	 * @var self|null
	 */
	private static $running;

	/**
	 * Parts that were made.
	 *
	 * @var array<string, object>
	 */
	private $parts = array();

	/**
	 * Gives Unix seconds.
	 *
	 * @var callable
	 */
	private $now;

	/**
	 * A plugin.
	 *
	 * @param callable $now Gives Unix seconds.
	 */
	public function __construct( callable $now ) {
		$this->now = $now;
	}

	/**
	 * The running plugin.
	 */
	public static function instance(): self {
		if ( null === self::$running ) {
			self::$running = new self( 'time' );
		}
		return self::$running;
	}

	/**
	 * On plugins_loaded, with WooCommerce there.
	 */
	public function start(): void {
		Hooks::add( $this );
	}

	/**
	 * Whether the owner wants payments to be taken at all.
	 */
	public function is_enabled(): bool {
		return 'yes' === ( $this->settings()['enabled'] ?? 'no' );
	}

	/**
	 * Whether there is one method per gateway.
	 */
	public function is_separate(): bool {
		return Gateway\Settings_Fields::SEPARATE === ( $this->settings()['layout'] ?? '' );
	}

	/**
	 * Whether the customer's address may be sent out.
	 */
	public function sends_email(): bool {
		return 'yes' === ( $this->settings()['customer_email'] ?? 'no' );
	}

	/**
	 * Which bridge.
	 */
	public function connection(): Connection\Connection {
		return $this->part( __FUNCTION__, fn() => new Connection\Connection() );
	}

	/**
	 * Whether the connection works.
	 */
	public function health(): Connection\Health {
		return $this->part( __FUNCTION__, fn() => new Connection\Health( $this->now ) );
	}

	/**
	 * The log.
	 */
	public function log(): Log\Log {
		return $this->part( __FUNCTION__, fn() => new Log\Log( new Log\Last_Errors(), $this->now ) );
	}

	/**
	 * The calls to the bridge.
	 */
	public function bridge(): Bridge\Bridge {
		return $this->part( __FUNCTION__, fn() => new Bridge\Bridge( $this->connection(), $this->transport(), $this->health() ) );
	}

	/**
	 * Pairing with a bridge.
	 */
	public function pairing(): Connection\Pairing {
		return $this->part( __FUNCTION__, fn() => new Connection\Pairing( $this->connection(), $this->transport(), $this->bridge(), $this->now ) );
	}

	/**
	 * What the bridge says of orders.
	 */
	public function order_views(): Bridge\Order_Views {
		return $this->part( __FUNCTION__, fn() => new Bridge\Order_Views( $this->bridge() ) );
	}

	/**
	 * Whether methods can be shown.
	 */
	public function availability(): Gateway\Availability {
		return $this->part( __FUNCTION__, fn() => new Gateway\Availability( $this->connection(), new Bridge\Offers( $this->bridge(), $this->log(), $this->hidden_methods() ) ) );
	}

	/**
	 * Starting payments.
	 */
	public function payment_start(): Gateway\Payment_Start {
		return $this->part( __FUNCTION__, fn() => new Gateway\Payment_Start( $this->bridge(), $this->connection(), $this->log() ) );
	}

	/**
	 * Refunds.
	 */
	public function refunds(): Gateway\Refunds {
		return $this->part( __FUNCTION__, fn() => new Gateway\Refunds( $this->bridge(), $this->claims() ) );
	}

	/**
	 * Keeping orders whose money may be under way.
	 */
	public function cancel_guard(): Cancel\Cancel_Guard {
		return new Cancel\Cancel_Guard( $this->bridge() );
	}

	/**
	 * Telling the bridge of cancelled orders.
	 */
	public function cancel_notifier(): Cancel\Cancel_Notifier {
		return new Cancel\Cancel_Notifier( $this->bridge(), $this->log(), $this->now );
	}

	/**
	 * Payment methods.
	 */
	public function methods(): Gateway\Methods {
		return $this->part( __FUNCTION__, fn() => new Gateway\Methods( $this ) );
	}

	/**
	 * Who settled which order.
	 */
	public function claims(): Orders\Claims {
		return $this->part( __FUNCTION__, fn() => new Orders\Claims() );
	}

	/**
	 * The routes the bridge calls.
	 */
	public function routes(): Rest\Routes {
		return $this->part(
			__FUNCTION__,
			function () {
				$lock = new Orders\Order_Lock();
				return new Rest\Routes(
					new Rest\Permission( $this->connection(), new Wire\Verifier( new Wire\Nonces() ), $this->log(), $this->now ),
					new Orders\Settlement( $lock, $this->claims(), $this->now ),
					new Orders\Order_Command( $lock, $this->claims(), new Orders\Instructions(), $this->now ),
					new Rest\Status_Report( $this->connection(), new Log\Last_Errors(), $this->now ),
					$this->log()
				);
			}
		);
	}

	/**
	 * What is pressed in the part of the settings that is about the connection.
	 */
	public function connection_screen(): Admin\Connection_Screen {
		return $this->part( __FUNCTION__, fn() => new Admin\Connection_Screen( $this->connection(), $this->pairing(), $this->health() ) );
	}

	/**
	 * The part of the settings that is about the connection.
	 */
	public function connection_view(): Admin\Connection_View {
		return $this->part( __FUNCTION__, fn() => new Admin\Connection_View( $this->connection(), $this->pairing(), $this->bridge(), $this->hidden_methods(), $this->now ) );
	}

	/**
	 * Why gateways were hidden at checkout.
	 */
	private function hidden_methods(): Bridge\Hidden_Methods {
		return $this->part( __FUNCTION__, fn() => new Bridge\Hidden_Methods( $this->now ) );
	}

	/**
	 * HTTP to the bridge.
	 */
	private function transport(): Bridge\Transport {
		return $this->part( __FUNCTION__, fn() => new Bridge\Transport( $this->log(), $this->now ) );
	}

	/**
	 * Settings of the main method.
	 *
	 * @return array<string, mixed>
	 */
	private function settings(): array {
		$settings = get_option( 'woocommerce_' . Orders\Order_Payment::GATEWAY_ID . '_settings', array() );
		return is_array( $settings ) ? $settings : array();
	}

	/**
	 * A part, made when it is asked for first.
	 *
	 * @param string   $name Name of the part.
	 * @param callable $make Makes it.
	 * @return object
	 */
	private function part( string $name, callable $make ) {
		if ( ! isset( $this->parts[ $name ] ) ) {
			$this->parts[ $name ] = $make();
		}
		return $this->parts[ $name ];
	}
}
