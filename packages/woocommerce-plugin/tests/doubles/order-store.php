<?php
/**
 * Where orders are: the database, which other processes write as well, and the caches of this process in front of it.
 */

final class Order_Store {

	/** The database: id → row. */
	public static $rows = array();
	/** Caches: objects, rows, meta. Each keeps what it has until it is told to forget. */
	public static $objects = array();
	public static $row_cache = array();
	public static $meta_cache = array();
	public static $next = 14;
	public static $stock = 100;
	public static $emails = array();
	public static $completed = array();
	public static $notes = array();
	public static $carts_emptied = 0;
	/** Orders whose save fails, as a full disk would let it. */
	public static $broken = array();
	/** Lock names held while an order was saved. */
	public static $locks_at_save = array();

	public static function reset(): void {
		self::$rows          = array();
		self::$objects       = array();
		self::$row_cache     = array();
		self::$meta_cache    = array();
		self::$next          = 14;
		self::$stock         = 100;
		self::$emails        = array();
		self::$completed     = array();
		self::$notes         = array();
		self::$broken        = array();
		self::$locks_at_save = array();
	}

	public static function add( array $fields ): int {
		$id                = self::$next++;
		self::$rows[ $id ] = $fields + array(
			'type'           => 'shop_order',
			'parent'         => 0,
			'status'         => 'pending',
			'total'          => '39.98',
			'refunded'       => '0',
			'currency'       => 'USD',
			'method'         => 'gatewright',
			'method_title'   => 'Crypto and more',
			'transaction_id' => '',
			'date_paid'      => null,
			'key'            => "wc_order_$id",
			'email'          => 'ada@example.com',
			'meta'           => array(),
			'took_stock'     => false,
		);
		return $id;
	}

	/** Another process writes: the caches of this one do not know. */
	public static function elsewhere( int $id, array $fields ): void {
		self::$rows[ $id ] = array_merge( self::$rows[ $id ], $fields );
	}

	public static function load( int $id ) {
		if ( isset( self::$objects[ $id ] ) ) {
			return clone self::$objects[ $id ];
		}
		if ( ! isset( self::$rows[ $id ] ) ) {
			return false;
		}
		self::$row_cache[ $id ]  = self::$row_cache[ $id ] ?? self::$rows[ $id ];
		self::$meta_cache[ $id ] = self::$meta_cache[ $id ] ?? self::$rows[ $id ]['meta'];
		$row                     = array( 'meta' => self::$meta_cache[ $id ] ) + self::$row_cache[ $id ];
		$order                   = 'shop_order_refund' === $row['type'] ? new WC_Order_Refund( $id, $row ) : new WC_Order( $id, $row );
		self::$objects[ $id ]    = clone $order;
		return $order;
	}

	public static function save( int $id, array $row ): void {
		global $wpdb;
		if ( in_array( $id, self::$broken, true ) ) {
			throw new Exception( 'The order could not be stored.' );
		}
		// The order tables keep 100 characters and say nothing.
		$row['transaction_id']      = substr( $row['transaction_id'], 0, 100 );
		self::$rows[ $id ]          = $row;
		self::$row_cache[ $id ]     = $row;
		self::$meta_cache[ $id ]    = $row['meta'];
		self::$locks_at_save[ $id ] = $wpdb->locks;
		unset( self::$objects[ $id ] );
	}
}
