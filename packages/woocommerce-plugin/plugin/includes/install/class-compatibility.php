<?php
/**
 * What the plugin works with.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Install;

use Automattic\WooCommerce\Utilities\FeaturesUtil;

defined( 'ABSPATH' ) || exit;

/**
 * Declares order storage in its own tables and checkout made of blocks; without it WooCommerce warns the owner.
 */
final class Compatibility {

	/**
	 * On before_woocommerce_init.
	 */
	public static function declare_features(): void {
		if ( ! class_exists( FeaturesUtil::class ) ) {
			return;
		}
		FeaturesUtil::declare_compatibility( 'custom_order_tables', GATEWRIGHT_FILE, true );
		FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', GATEWRIGHT_FILE, true );
	}
}
