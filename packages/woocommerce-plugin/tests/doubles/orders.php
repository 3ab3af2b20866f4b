<?php
/**
 * Doubles of WooCommerce's orders, with the transitions that were measured (contract, section 2).
 */

abstract class WC_Abstract_Order {

	protected $id;
	protected $row;

	public function __construct( int $id, array $row ) {
		$this->id  = $id;
		$this->row = $row;
	}

	public function get_id() {
		return $this->id;
	}

	public function get_type() {
		return $this->row['type'];
	}

	public function get_parent_id() {
		return $this->row['parent'];
	}

	public function get_meta( $key ) {
		return $this->row['meta'][ $key ] ?? '';
	}

	public function get_status() {
		return $this->row['status'];
	}

	public function has_status( $status ) {
		return in_array( $this->row['status'], (array) $status, true );
	}

	public function get_currency() {
		return $this->row['currency'];
	}

	public function get_total() {
		return $this->row['total'];
	}
}

class WC_Order extends WC_Abstract_Order {

	const STATUSES = array( 'pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed', 'checkout-draft', 'trash', 'packing' );

	public function update_meta_data( $key, $value ) {
		if ( ! is_string( $value ) || '_' !== $key[0] ) {
			throw new LogicException( "meta $key" );
		}
		$this->row['meta'][ $key ] = $value;
	}

	public function save_meta_data() {
		Order_Store::save( $this->id, array( 'meta' => $this->row['meta'] ) + Order_Store::$rows[ $this->id ] );
	}

	public function save() {
		$before = Order_Store::$rows[ $this->id ]['status'];
		Order_Store::save( $this->id, $this->row );
		if ( $before !== $this->row['status'] ) {
			$this->transition( $before, $this->row['status'] );
		}
		return $this->id;
	}

	public function set_status( $status ) {
		if ( ! in_array( $status, self::STATUSES, true ) ) {
			throw new LogicException( "status $status" );
		}
		$this->row['status'] = $status;
	}

	public function update_status( $status, $note = '' ) {
		try {
			$before = $this->row['status'];
			$this->set_status( $status );
			$this->save();
			$this->add_order_note( trim( "$note Order status changed from $before to $status." ) );
		} catch ( LogicException $bug ) {
			throw $bug;
		} catch ( Exception $fault ) {
			return false;
		}
		return true;
	}

	/** As in WooCommerce: what listeners throw is caught, logged and answered with false. */
	public function payment_complete( $transaction_id = '' ) {
		try {
			if ( ! $this->has_status( array( 'on-hold', 'pending', 'failed', 'cancelled' ) ) ) {
				return true;
			}
			if ( '' !== $transaction_id ) {
				$this->row['transaction_id'] = $transaction_id;
			}
			$this->row['date_paid'] = $this->row['date_paid'] ?? Site::$now;
			$this->set_status( apply_filters( 'woocommerce_payment_complete_order_status', 'processing', $this->id, $this ) );
			$this->save();
			Order_Store::$completed[] = $this->id;
			Order_Store::$emails[]    = "New order $this->id";
			do_action( 'woocommerce_payment_complete', $this->id, $transaction_id );
		} catch ( LogicException $bug ) {
			throw $bug;
		} catch ( Exception $fault ) {
			return false;
		}
		return true;
	}

	public function needs_payment() {
		return $this->has_status( array( 'pending', 'failed' ) ) && (float) $this->row['total'] > 0;
	}

	public function is_paid() {
		return $this->has_status( wc_get_is_paid_statuses() );
	}

	public function get_date_paid() {
		return $this->row['date_paid'];
	}

	public function get_transaction_id() {
		return $this->row['transaction_id'];
	}

	public function get_total_refunded() {
		return $this->row['refunded'];
	}

	public function get_payment_method() {
		return $this->row['method'];
	}

	public function set_payment_method( $method ) {
		$this->row['method'] = $method;
	}

	public function get_order_key() {
		return $this->row['key'];
	}

	public function get_order_number() {
		return "W-$this->id";
	}

	public function get_billing_email() {
		return $this->row['email'];
	}

	public function get_cancel_order_url_raw() {
		return Site::$home . "/cart/?cancel_order=true&order={$this->row['key']}&order_id=$this->id&_wpnonce=0123456789";
	}

	public function get_checkout_payment_url() {
		return Site::$home . "/checkout/order-pay/$this->id/?pay_for_order=true&key={$this->row['key']}";
	}

	public function get_edit_order_url() {
		return Site::$home . "/wp-admin/admin.php?page=wc-orders&action=edit&id=$this->id";
	}

	public function add_order_note( $text, $customer = 0 ) {
		if ( '' === $text ) {
			throw new LogicException( 'an empty note' );
		}
		Order_Store::$notes[] = array( $this->id, $text, (bool) $customer );
		return count( Order_Store::$notes );
	}

	private function transition( string $from, string $to ): void {
		$takes = in_array( $to, array( 'processing', 'completed', 'on-hold', 'packing' ), true );
		if ( $takes !== Order_Store::$rows[ $this->id ]['took_stock'] ) {
			Order_Store::$stock                           += $takes ? -1 : 1;
			Order_Store::$rows[ $this->id ]['took_stock'] = $takes;
			$this->row['took_stock']                      = $takes;
			unset( Order_Store::$row_cache[ $this->id ] );
		}
		do_action( "woocommerce_order_status_$to", $this->id, $this );
		do_action( 'woocommerce_order_status_changed', $this->id, $from, $to, $this );
	}
}

final class WC_Order_Refund extends WC_Abstract_Order {

	public function give_id( int $id ): void {
		$this->id = $id;
	}
}
