<?php
/**
 * Plugin Name:          Gatewright for WooCommerce
 * Description:          Takes payments through your Gatewright bridge: crypto and alternative gateways, in classic checkout, Blocks checkout and on the pay page of an order.
 * Version:              0.0.0
 * Requires at least:    6.4
 * Requires PHP:         7.4
 * Requires Plugins:     woocommerce
 * WC requires at least: 8.2
 * WC tested up to:      11.0
 * Author:               Gatewright
 * License:              GPL-2.0-or-later
 * License URI:          https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:          gatewright-for-woocommerce
 * Domain Path:          /languages
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce;

defined( 'ABSPATH' ) || exit;

define( 'GATEWRIGHT_VERSION', '0.0.0' );
define( 'GATEWRIGHT_FILE', __FILE__ );

require_once __DIR__ . '/includes/class-autoloader.php';

Autoloader::register( __DIR__ . '/includes' );

register_activation_hook( __FILE__, array( Install\Tables::class, 'install' ) );

register_deactivation_hook( __FILE__, array( Connection\Refresh::class, 'stop' ) );

add_action( 'before_woocommerce_init', array( Install\Compatibility::class, 'declare_features' ) );

// The zip does not come from wordpress.org, so WordPress looks for no language packs by itself.
add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'gatewright-for-woocommerce', false, dirname( plugin_basename( GATEWRIGHT_FILE ) ) . '/languages' );
	}
);

add_action(
	'plugins_loaded',
	static function () {
		// WooCommerce may be missing or switched off: a missing class must not break the site.
		if ( class_exists( 'WC_Payment_Gateway' ) ) {
			Plugin::instance()->start();
		}
	},
	11
);
