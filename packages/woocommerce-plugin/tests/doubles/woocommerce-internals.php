<?php
/**
 * Doubles of WooCommerce's classes in namespaces.
 */

namespace Automattic\WooCommerce\Utilities {
	final class FeaturesUtil {
		public static function declare_compatibility( $feature, $file, $compatible ) {
			if ( ! is_file( $file ) ) {
				throw new \LogicException( "no file $file" );
			}
			\Site::$features[ $feature ] = $compatible;
			return true;
		}
	}
	final class OrderUtil {
		public static function custom_orders_table_usage_is_enabled() {
			return true;
		}
	}
}

namespace Automattic\WooCommerce\Caches {
	final class OrderCache {
		public function remove( $id ) {
			unset( \Order_Store::$objects[ $id ] );
		}
	}
}

namespace Automattic\WooCommerce\Internal\DataStores\Orders {
	final class OrdersTableDataStore {
		public function clear_cached_data( array $ids ) {
			$deleted = array();
			foreach ( $ids as $id ) {
				$deleted[ $id ] = isset( \Order_Store::$row_cache[ $id ] );
				unset( \Order_Store::$row_cache[ $id ] );
			}
			// Since 11.1: meta only for rows that were still cached.
			( new OrdersTableDataStoreMeta() )->clear_cached_data( array_keys( array_filter( $deleted ) ) );
			return $deleted;
		}
	}
	final class OrdersTableDataStoreMeta {
		public function clear_cached_data( array $ids ) {
			foreach ( $ids as $id ) {
				unset( \Order_Store::$meta_cache[ $id ] );
			}
		}
	}
}

namespace Automattic\WooCommerce\Blocks\Payments\Integrations {
	abstract class AbstractPaymentMethodType {
		protected $name = '';
		protected $settings = array();
		abstract public function initialize();
		abstract public function is_active();
		public function get_name() {
			return $this->name;
		}
	}
}
