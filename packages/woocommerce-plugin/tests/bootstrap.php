<?php
/**
 * Loads the doubles of WordPress and WooCommerce, then the plugin itself.
 */

error_reporting( E_ALL );

define( 'ABSPATH', __DIR__ . '/doubles/abspath/' );
define( 'DB_NAME', 'shop_database' );
define( 'DAY_IN_SECONDS', 86400 );
define( 'ARRAY_A', 'ARRAY_A' );
define( 'WC_VERSION', '11.0.1' );

foreach ( array( 'site', 'wpdb', 'wordpress', 'http', 'rest', 'settings-api', 'order-store', 'orders', 'woocommerce', 'woocommerce-internals' ) as $double ) {
	require_once __DIR__ . "/doubles/$double.php";
}

Site::reset();

require_once __DIR__ . '/../plugin/gatewright-for-woocommerce.php';

Site::$shipped_hooks = Site::$hooks;

require_once __DIR__ . '/plugin-test-case.php';
