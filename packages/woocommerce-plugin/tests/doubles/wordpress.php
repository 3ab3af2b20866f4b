<?php
/**
 * Doubles of the WordPress functions that the plugin uses.
 */

class WP_Error {
	private $code;
	private $message;
	private $data;
	public function __construct( $code = '', $message = '', $data = '' ) {
		$this->code    = $code;
		$this->message = $message;
		$this->data    = $data;
	}
	public function get_error_code() {
		return $this->code;
	}
	public function get_error_message() {
		return $this->message;
	}
	public function get_error_data() {
		return $this->data;
	}
}

final class WP_Post {
	public $ID;
	public function __construct( int $id ) {
		$this->ID = $id;
	}
}

function is_wp_error( $thing ) {
	return $thing instanceof WP_Error;
}

// Hooks.
function add_filter( $hook, $callback, $priority = 10, $accepted = 1 ) {
	if ( ! is_callable( $callback, false, $name ) && ! is_array( $callback ) ) {
		throw new LogicException( "not callable: $name" );
	}
	Site::$hooks[ $hook ][ $priority ][] = array( $callback, $accepted );
	ksort( Site::$hooks[ $hook ] );
	return true;
}
function add_action( $hook, $callback, $priority = 10, $accepted = 1 ) {
	return add_filter( $hook, $callback, $priority, $accepted );
}
function remove_filter( $hook, $callback, $priority ) {
	return remove_action( $hook, $callback, $priority );
}
function remove_action( $hook, $callback, $priority ) {
	foreach ( Site::$hooks[ $hook ][ $priority ] ?? array() as $at => $added ) {
		if ( $added[0] === $callback ) {
			unset( Site::$hooks[ $hook ][ $priority ][ $at ] );
		}
	}
	return true;
}
function apply_filters( $hook, $value, ...$more ) {
	foreach ( Site::$hooks[ $hook ] ?? array() as $callbacks ) {
		foreach ( $callbacks as list( $callback, $accepted ) ) {
			$value = $callback( ...array_slice( array_merge( array( $value ), $more ), 0, $accepted ) );
		}
	}
	return $value;
}
function do_action( $hook, ...$values ) {
	Site::$done[] = $hook;
	foreach ( array_keys( Site::$hooks[ $hook ] ?? array() ) as $priority ) {
		// Looked up when its turn comes: an earlier callback may have removed it.
		foreach ( Site::$hooks[ $hook ][ $priority ] as list( $callback, $accepted ) ) {
			$callback( ...array_slice( $values, 0, $accepted ) );
		}
	}
}
function register_activation_hook( $file, $callback ) {
	add_action( 'activate_' . plugin_basename( $file ), $callback );
}
function register_deactivation_hook( $file, $callback ) {
	add_action( 'deactivate_' . plugin_basename( $file ), $callback );
}
function wp_next_scheduled( $hook ) {
	return isset( Site::$cron[ $hook ] ) ? Site::$now : false;
}
function wp_schedule_event( $at, $how_often, $hook ) {
	// It reads all plugins' intervals, and the names of WooCommerce's are translated.
	Site::needs_languages( "wp_schedule_event $hook" );
	if ( isset( Site::$cron[ $hook ] ) || 'hourly' !== $how_often ) {
		throw new LogicException( "cron $hook $how_often" );
	}
	Site::$cron[ $hook ] = $how_often;
}
function wp_clear_scheduled_hook( $hook ) {
	unset( Site::$cron[ $hook ] );
}
function __return_true() {
	return true;
}

// Options and transients. Values are stored as text, so an object that comes back is another one.
function get_option( $name, $fallback = false ) {
	return array_key_exists( $name, Site::$options ) ? unserialize( serialize( Site::$options[ $name ] ) ) : $fallback;
}
function update_option( $name, $value, $autoload = null ) {
	Site::$options[ $name ]  = unserialize( serialize( $value ) );
	Site::$autoload[ $name ] = $autoload;
	return true;
}
function delete_option( $name ) {
	unset( Site::$options[ $name ] );
	return true;
}
function get_transient( $name ) {
	$kept = Site::$transients[ $name ] ?? null;
	return null !== $kept && Site::$now < $kept[1] ? unserialize( $kept[0], array( 'allowed_classes' => false ) ) : false;
}
function set_transient( $name, $value, $life = 0 ) {
	if ( strlen( $name ) > 172 || $life < 1 ) {
		throw new LogicException( "transient $name" );
	}
	Site::$transients[ $name ] = array( serialize( $value ), Site::$now + $life );
	return true;
}
function delete_transient( $name ) {
	unset( Site::$transients[ $name ] );
	return true;
}

// Texts. Only this plugin's own domain is right.
function __( $text, $domain = 'default' ) {
	Site::needs_languages( $text );
	if ( 'gatewright-for-woocommerce' !== $domain ) {
		throw new LogicException( "text domain $domain" );
	}
	return $text;
}
function esc_html__( $text, $domain = 'default' ) {
	return esc_html( __( $text, $domain ) );
}
function esc_html( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8' );
}
function esc_attr( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8' );
}
function esc_url( $url, $protocols = array( 'http', 'https' ) ) {
	$scheme = parse_url( $url, PHP_URL_SCHEME );
	return null === $scheme || in_array( $scheme, $protocols, true ) ? htmlspecialchars( $url, ENT_QUOTES, 'UTF-8' ) : '';
}
function sanitize_text_field( $text ) {
	return trim( preg_replace( '/[\r\n\t ]+/', ' ', strip_tags( (string) $text ) ) );
}
function sanitize_key( $text ) {
	return preg_replace( '/[^a-z0-9_\-]/', '', strtolower( $text ) );
}
function wp_unslash( $value ) {
	return is_string( $value ) ? stripslashes( $value ) : $value;
}
function absint( $value ) {
	return abs( (int) $value );
}
function wp_specialchars_decode( $text ) {
	return htmlspecialchars_decode( $text, ENT_QUOTES );
}
function wp_html_excerpt( $text, $length ) {
	return mb_substr( strip_tags( $text ), 0, $length );
}
function wp_json_encode( $value, $flags = 0 ) {
	return json_encode( $value, $flags );
}
function wp_date( $format, $at ) {
	return gmdate( $format, $at );
}

// The site.
function home_url() {
	return Site::$home;
}
function admin_url( $path ) {
	return Site::$home . '/wp-admin/' . $path;
}
function plugins_url( $path, $file ) {
	return Site::$home . '/wp-content/plugins/gatewright-for-woocommerce/' . $path;
}
function plugin_basename( $file ) {
	return 'gatewright-for-woocommerce/' . basename( $file );
}
function load_plugin_textdomain( $domain, $deprecated, $path ) {
	Site::$text_domains[ $domain ] = $path;
	return true;
}
function get_bloginfo( $what ) {
	return array( 'version' => '7.1', 'name' => 'Shop &amp; Sons' )[ $what ];
}
function determine_locale() {
	return 'de_DE';
}
function wp_get_environment_type() {
	return Site::$environment;
}
function is_multisite() {
	return Site::$multisite;
}
function is_admin() {
	return true;
}
function get_query_var( $name ) {
	return Site::$query[ $name ] ?? '';
}
function wp_parse_url( $url, $part = -1 ) {
	return parse_url( $url, $part );
}
function add_query_arg( array $values, $url ) {
	return $url . ( false === strpos( $url, '?' ) ? '?' : '&' ) . http_build_query( $values );
}
function nocache_headers() {
}
function has_block( $name, $post ) {
	return true;
}

// Who may what.
function current_user_can( $capability ) {
	return in_array( $capability, Site::$may, true );
}
function wp_verify_nonce( $nonce, $action ) {
	return Site::$nonces_are_valid && $nonce === md5( $action ) ? 1 : false;
}
function wp_nonce_url( $url, $action ) {
	return add_query_arg( array( '_wpnonce' => md5( $action ) ), $url );
}
function check_admin_referer( $action ) {
	if ( ! wp_verify_nonce( $_REQUEST['_wpnonce'] ?? $_GET['_wpnonce'] ?? '', $action ) ) {
		throw new Process_Ended( 'nonce', $action );
	}
	return 1;
}

// Ends of the process.
function wp_redirect( $url ) {
	throw new Process_Ended( 'redirect', $url );
}
function wp_safe_redirect( $url ) {
	if ( 0 !== strpos( $url, Site::$home . '/' ) ) {
		throw new LogicException( "not this site: $url" );
	}
	wp_redirect( $url );
}
function wp_die( $text, $title = '', $args = array() ) {
	throw new Process_Ended( 'die', $args['response'] ?? 500 );
}
function wp_send_json_error( $value, $status ) {
	throw new Process_Ended( 'json', array( 'success' => false, 'status' => $status ) );
}
function wp_send_json_success( $value ) {
	throw new Process_Ended( 'json', array( 'success' => true, 'data' => $value ) );
}

// Scripts, menus, boxes.
function wp_register_script( $handle, $url, $needs, $version, $in_footer ) {
	Site::$scripts[ $handle ] = compact( 'url', 'needs' ) + array( 'inline' => array() );
}
function wp_enqueue_script( $handle, $url, $needs, $version, $in_footer ) {
	wp_register_script( $handle, $url, $needs, $version, $in_footer );
}
function wp_script_is( $handle, $state ) {
	return isset( Site::$scripts[ $handle ] );
}
function wp_add_inline_script( $handle, $code, $where ) {
	Site::$scripts[ $handle ]['inline'][] = $code;
}
function add_submenu_page( $parent, $title, $menu, $capability, $slug, $callback ) {
	Site::$menu[ $slug ] = compact( 'parent', 'capability', 'callback' );
}
function add_meta_box( $id, $title, $callback, $screen, $context, $priority ) {
	Site::$meta_boxes[ $id ] = compact( 'callback', 'screen' );
}

// The object cache, as far as orders are in it.
function wp_cache_delete( $name, $group ) {
	return true;
}
function clean_post_cache( $id ) {
}
