<?php
/**
 * The plugin as a whole.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the parts, each once, and hooks them into WordPress.
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
		Install\Tables::ensure();
		add_filter( 'woocommerce_payment_gateways', array( $this->methods(), 'add' ) );
		$this->routes()->hook();
		$this->refunds()->hook();
		$blocks = new Blocks\Blocks( $this );
		$blocks->hook();
		$thank_you = new Storefront\Thank_You( $this->order_views(), $this->connection() );
		$thank_you->hook();
		Storefront\Cart_Keeper::hook();
		$guard = new Cancel\Cancel_Guard( $this->bridge() );
		$guard->hook();
		$notifier = new Cancel\Cancel_Notifier( $this->bridge(), $this->log(), $this->now );
		$notifier->hook();
		if ( is_admin() ) {
			$this->start_admin();
		}
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
		return $this->part(
			__FUNCTION__,
			static function () {
				return new Connection\Connection();
			}
		);
	}

	/**
	 * Whether the connection works.
	 */
	public function health(): Connection\Health {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Connection\Health( $this->now );
			}
		);
	}

	/**
	 * The log.
	 */
	public function log(): Log\Log {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Log\Log( new Log\Last_Errors(), $this->now );
			}
		);
	}

	/**
	 * The calls to the bridge.
	 */
	public function bridge(): Bridge\Bridge {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Bridge\Bridge( $this->connection(), $this->transport(), $this->health() );
			}
		);
	}

	/**
	 * Pairing with a bridge.
	 */
	public function pairing(): Connection\Pairing {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Connection\Pairing( $this->connection(), $this->transport(), $this->bridge(), $this->now );
			}
		);
	}

	/**
	 * What the bridge says of orders.
	 */
	public function order_views(): Bridge\Order_Views {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Bridge\Order_Views( $this->bridge() );
			}
		);
	}

	/**
	 * Whether methods can be shown.
	 */
	public function availability(): Gateway\Availability {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Gateway\Availability( $this->connection(), new Bridge\Offers( $this->bridge(), $this->log() ) );
			}
		);
	}

	/**
	 * Starting payments.
	 */
	public function payment_start(): Gateway\Payment_Start {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Gateway\Payment_Start( $this->bridge(), $this->connection(), $this->log() );
			}
		);
	}

	/**
	 * Refunds.
	 */
	public function refunds(): Gateway\Refunds {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Gateway\Refunds( $this->bridge(), $this->claims() );
			}
		);
	}

	/**
	 * Payment methods.
	 */
	public function methods(): Gateway\Methods {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Gateway\Methods( $this );
			}
		);
	}

	/**
	 * Who settled which order.
	 */
	public function claims(): Orders\Claims {
		return $this->part(
			__FUNCTION__,
			static function () {
				return new Orders\Claims();
			}
		);
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
	 * The part of the settings that is about the connection.
	 */
	public function connection_screen(): Admin\Connection_Screen {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Admin\Connection_Screen( $this->connection(), $this->pairing(), $this->bridge(), $this->health(), $this->now );
			}
		);
	}

	/**
	 * Pages of the owner.
	 */
	private function start_admin(): void {
		$box = new Admin\Order_Box( $this->order_views(), $this->connection() );
		$box->hook();
		$recheck = new Admin\Recheck( $this->order_views() );
		$recheck->hook();
		$column = new Admin\Order_Column( $this->claims() );
		$column->hook();
		$attention = new Admin\Attention_Page( $this->bridge(), $this->connection() );
		$attention->hook();
		$notices = new Admin\Notices( $this );
		$notices->hook();
	}

	/**
	 * HTTP to the bridge.
	 */
	private function transport(): Bridge\Transport {
		return $this->part(
			__FUNCTION__,
			function () {
				return new Bridge\Transport( $this->log(), $this->now );
			}
		);
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
