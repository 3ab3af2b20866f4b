<?php
/**
 * Removes options and tables. What was written on orders stays: it is the shop's book-keeping.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce;

defined( 'ABSPATH' ) || exit;
defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/includes/class-autoloader.php';

Autoloader::register( __DIR__ . '/includes' );

Install\Uninstaller::run();
