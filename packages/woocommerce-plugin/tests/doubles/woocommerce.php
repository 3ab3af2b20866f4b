<?php
/**
 * Doubles of WooCommerce's functions.
 */

function wc_get_order( $id ) {
	return Order_Store::load( (int) $id );
}
function wc_get_is_paid_statuses() {
	return apply_filters( 'woocommerce_order_is_paid_statuses', array( 'processing', 'completed' ) );
}
function wc_get_price_decimals() {
	return 2;
}
function wc_format_decimal( $number, $decimals ) {
	return number_format( (float) $number, $decimals, '.', '' );
}
function get_woocommerce_currency() {
	return 'USD';
}
function wc_get_page_id( $page ) {
	return 7;
}
function wc_get_page_screen_id( $for ) {
	return 'woocommerce_page_wc-orders';
}
function wc_add_notice( $text, $kind ) {
	Site::$notices[] = array( $kind, $text );
}
function as_schedule_single_action( $at, $hook, $args, $group ) {
	Site::$scheduled[] = compact( 'at', 'hook', 'args' );
	return count( Site::$scheduled );
}
/** Action Scheduler: with a group beside a hook only actions without arguments would go. */
function as_unschedule_all_actions( $hook, $args = array(), $group = '' ) {
	if ( array() !== $args || '' !== $group ) {
		throw new LogicException( 'this takes away less than all' );
	}
	Site::$scheduled = array_values( array_filter( Site::$scheduled, static function ( $action ) use ( $hook ) {
		return $action['hook'] !== $hook;
	} ) );
}
/** WooCommerce empties the cart of whoever opens the thank-you page. */
function wc_clear_cart_after_payment() {
	if ( '' !== get_query_var( 'order-received' ) ) {
		++Order_Store::$carts_emptied;
	}
}
function wc_get_webhook( $id ) {
	return Site::$webhooks[ $id ] ?? null;
}
function wc_get_logger() {
	return new class() {
		public function __call( $level, $values ) {
			if ( ! in_array( $level, array( 'debug', 'info', 'warning', 'error' ), true ) || 'gatewright-for-woocommerce' !== $values[1]['source'] ) {
				throw new LogicException( "log $level" );
			}
			Site::$log[] = array( 'level' => $level, 'message' => $values[0] );
		}
	};
}
function wc_get_container() {
	return new class() {
		public function get( $name ) {
			return new $name();
		}
	};
}
function WC() {
	return (object) array( 'cart' => Site::$cart, 'session' => Site::$session );
}

/** What WooCommerce does when the owner presses "Refund via…". */
function wc_create_refund( int $order_id, string $amount, WC_Payment_Gateway $method, string $reason = '' ) {
	$order  = Order_Store::load( $order_id );
	$refund = new WC_Order_Refund( 0, array( 'type' => 'shop_order_refund', 'parent' => $order_id, 'meta' => array() ) );
	do_action( 'woocommerce_create_refund', $refund, array( 'order_id' => $order_id ) );
	$id = Order_Store::add( array( 'type' => 'shop_order_refund', 'parent' => $order_id ) );
	$refund->give_id( $id );
	$result = $method->can_refund_order( $order ) ? $method->process_refund( $order_id, $amount, $reason ) : new WP_Error( 'error', 'cannot refund' );
	if ( true !== $result ) {
		unset( Order_Store::$rows[ $id ] );
		return $result;
	}
	return $refund;
}

final class WC_Cart {
	private $total;
	public function __construct( $total ) {
		$this->total = $total;
	}
	public function get_total( $context ) {
		return 'edit' === $context ? $this->total : '<span>' . $this->total . '</span>';
	}
	private $contents = array( 'line' => array( 'product_id' => 10, 'quantity' => 1 ) );
	private $coupons  = array( 'ten-off' );
	/** What the session would bring back on the next page. */
	public $stored;
	public function is_empty() {
		return array() === $this->contents;
	}
	public function get_cart_contents() {
		return $this->contents;
	}
	public function set_cart_contents( $contents ) {
		$this->contents = $contents;
	}
	public function get_applied_coupons() {
		return $this->coupons;
	}
	public function set_applied_coupons( $coupons ) {
		$this->coupons = $coupons;
	}
	public function calculate_totals() {
		$this->stored = array( $this->contents, $this->coupons );
	}
	/** As WooCommerce does it; only WooCommerce may. */
	public function empty_cart() {
		if ( false !== strpos( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, 1 )[0]['file'], '/plugin/' ) ) {
			throw new LogicException( 'the cart is emptied by WooCommerce, after payment' );
		}
		do_action( 'woocommerce_before_cart_emptied', true );
		$this->contents = array();
		$this->coupons  = array();
		$this->stored   = null;
		do_action( 'woocommerce_cart_emptied', true );
	}
}

final class WC_Session {
	public $values = array();
	public function set( $name, $value ) {
		$this->values[ $name ] = $value;
	}
}

final class WC_AJAX {
	public static function get_endpoint( $name ) {
		return "/?wc-ajax=$name";
	}
}

final class WC_Data_Store {
	public static function load( $what ) {
		return new self();
	}
	public function search_webhooks( $args ) {
		return array_keys( Site::$webhooks );
	}
}

final class WC_Cache_Helper {
	public static function invalidate_cache_group( $group ) {
	}
}

final class Webhook_Double {
	private $fields;
	public function __construct( array $fields ) {
		$this->fields = $fields;
	}
	public function __call( $method, $values ) {
		return $this->fields[ substr( $method, 4 ) ];
	}
}
