<?php
/**
 * A payment that could not be started.
 *
 * @package Gatewright
 */

namespace Gatewright\WooCommerce\Gateway;

defined( 'ABSPATH' ) || exit;

/**
 * Its message is for the shopper. Thrown, because that is what all three places of WooCommerce show: classic checkout, the
 * pay page and blocks. A notice added here would stay in the session when blocks is used, and refuse the retry.
 */
final class Payment_Refused extends \Exception {
}
