<?php
/**
 * The state of the doubles: one WordPress site with WooCommerce.
 */

final class Site {

	public static $now;
	public static $hooks = array();
	/** Actions that were done, in their order. */
	public static $done = array();
	/** Hooks that the plugin's main file adds when it is loaded. */
	public static $shipped_hooks = array();
	public static $options;
	/** Autoload flag of each option as it was given. */
	public static $autoload;
	public static $transients;
	public static $may;
	public static $nonces_are_valid;
	public static $query;
	public static $environment;
	public static $http;
	public static $sent;
	public static $routes;
	public static $scripts;
	public static $menu;
	public static $meta_boxes;
	public static $log;
	public static $notices;
	public static $messages;
	public static $scheduled;
	public static $features;
	public static $webhooks;
	public static $cart;
	public static $session;
	public static $home;
	public static $multisite;
	/** WP-Cron: hook → how often. */
	public static $cron = array();
	/** Folder of translations by text domain. */
	public static $text_domains = array();

	public static function reset(): void {
		global $wpdb;
		$wpdb                   = new wpdb();
		self::$now              = 1795248830;
		self::$hooks            = self::$shipped_hooks;
		self::$done             = array();
		self::$options          = array( 'permalink_structure' => '/%postname%/', 'woocommerce_hold_stock_minutes' => '60' );
		self::$autoload         = array();
		self::$transients       = array();
		self::$may              = array( 'manage_woocommerce', 'edit_shop_orders' );
		self::$nonces_are_valid = true;
		self::$query            = array();
		self::$environment      = 'production';
		self::$http             = array();
		self::$sent             = array();
		self::$routes           = array();
		self::$scripts          = array();
		self::$menu             = array();
		self::$meta_boxes       = array();
		self::$log              = array();
		self::$notices          = array();
		self::$messages         = array();
		self::$scheduled        = array();
		self::$features         = array();
		self::$webhooks         = array();
		self::$cart             = null;
		self::$session          = null;
		self::$home             = 'https://shop.example';
		self::$multisite        = false;
		self::$cron             = array();
		self::$text_domains     = array();
		$_GET                   = array();
		$_POST                  = array();
		$_SERVER['REQUEST_URI'] = '/';
		Order_Store::reset();
	}

	/** WordPress writes a notice into the shop's log about texts that are asked for before its languages are there. */
	public static function needs_languages( string $what ): void {
		if ( ! in_array( 'init', self::$done, true ) ) {
			throw new LogicException( "$what before init" );
		}
	}

	public static function log_text(): string {
		return implode( "\n", array_column( self::$log, 'message' ) );
	}
}

/** wp_redirect and wp_die end the process; here they end the call. */
final class Process_Ended extends Exception {
	public $value;
	public function __construct( string $how, $value ) {
		parent::__construct( $how );
		$this->value = $value;
	}
}
