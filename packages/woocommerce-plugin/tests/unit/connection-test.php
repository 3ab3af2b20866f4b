<?php
/**
 * Pairing, the connection's screen, notices.
 */

use Gatewright\WooCommerce\Connection\Bridge_Address;
use Gatewright\WooCommerce\Connection\Pairing_Code;

final class Connection_Test extends Plugin_Test_Case {

	const CODE = 'AQIDBAUGBwgJCgsMDQ4PEA';

	private function bridge_pairs(): void {
		$this->answer( 'POST /v1/pairings', array( 'key_id' => 'gwk_new', 'secret' => 'a-fresh-secret-of-it' ) );
		$this->answer(
			'GET /v1/hello',
			array(
				'store'    => array( 'name' => 'My <b>shop</b>' ),
				'mode'     => 'test',
				'version'  => '1.2.3',
				'clock'    => Site::$now,
				'gateways' => array( array( 'gateway' => 'crypto-pay', 'title' => 'Crypto Pay' ), array( 'gateway' => '../x', 'title' => 'x' ), 'y' ),
			)
		);
		$this->answer( 'GET /v1/attention', array( 'items' => array(), 'findings' => array() ) );
	}

	/** Presses a button of the settings form. */
	private function press( string $button, array $fields = array() ): void {
		$_POST = $fields + array( 'save' => $button, '_wpnonce' => md5( 'woocommerce-settings' ) );
		do_action( 'woocommerce_update_options_payment_gateways_gatewright' );
	}

	private function screen(): string {
		return $this->output_of( function () {
			$this->method()->admin_options();
		} );
	}

	public function test_redeems_a_code_takes_the_key_over_and_proves_it(): void {
		$this->bridge_pairs();
		$this->method();
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => ' https://pay.example/#' . self::CODE . "\n" ) );
		$this->assertSame( array( array( 'message', 'The shop is connected.' ) ), Site::$messages );
		list( $pairing, $hello ) = Site::$sent;
		$body = json_decode( $pairing['body'], true );
		$this->assertSame( array( self::CODE, 'https://shop.example', '11.0.1' ), array( $body['code'], $body['store_url'], $body['versions']['woocommerce'] ) );
		$this->assertArrayNotHasKey( 'Gatewright-Signature', $pairing['headers'] );
		$this->assertSame( 'gwk_new', $hello['headers']['Gatewright-Key'] );
		$this->assertSame( array( 'crypto-pay' => 'Crypto Pay' ), $this->plugin->connection()->gateways() );
		$this->assertTrue( $this->plugin->connection()->is_test() );
	}

	public function test_after_pairing_the_bridges_page_for_the_shops_keys_is_one_click_away(): void {
		$this->bridge_pairs();
		$pairing = array( 'key_id' => 'gwk_new', 'secret' => 'a-fresh-secret-of-it', 'connect_url' => 'https://pay.example/connect?ticket=abc&x=1' );
		$this->answer( 'POST /v1/pairings', $pairing );
		$this->method();
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => 'https://pay.example#' . self::CODE ) );
		$this->assertStringContainsString( 'href="https://pay.example/connect?ticket=abc&amp;x=1"', $this->screen() );
		$this->assertStringNotContainsString( 'ticket=abc', serialize( array( Site::$options, Site::$transients ) ) . Site::log_text() );
		$this->answer( 'POST /v1/pairings', array( 'connect_url' => 'https://evil.example/connect' ) + $pairing );
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => 'https://pay.example#' . self::CODE ) );
		$this->assertStringNotContainsString( 'evil.example', $this->screen() );
	}

	public function test_the_secret_is_in_an_option_of_its_own_that_is_not_autoloaded(): void {
		$this->bridge_pairs();
		$this->method();
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => 'https://pay.example#' . self::CODE ) );
		$holders = array_keys( array_filter( Site::$options, static function ( $value ) {
			return false !== strpos( serialize( $value ), 'a-fresh-secret-of-it' );
		} ) );
		$this->assertSame( array( 'gatewright_keys' ), $holders );
		$this->assertFalse( Site::$autoload['gatewright_keys'] );
		$this->assertStringNotContainsString( 'a-fresh-secret-of-it', $this->screen() . Site::log_text() . serialize( Site::$transients ) );
		$this->assertStringNotContainsString( self::CODE, Site::log_text() . serialize( Site::$options ) );
	}

	/** @dataProvider refusals */
	public function test_a_code_that_does_not_work_keeps_the_old_connection( string $text, string $message ): void {
		$this->connect();
		$this->method();
		$this->problem( 'POST /v1/pairings', 401, 'pairing-refused' );
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => $text ) );
		$this->assertSame( 'error', Site::$messages[0][0] );
		$this->assertStringContainsString( $message, Site::$messages[0][1] );
		$this->assertSame( self::KEY, $this->plugin->connection()->key() );
	}

	public function refusals(): array {
		return array(
			'nonsense'   => array( 'nonsense', 'not a pairing code' ),
			'too short'  => array( 'https://pay.example#short', 'not a pairing code' ),
			'over http'  => array( 'http://pay.example#' . self::CODE, 'not a pairing code' ),
			'refused'    => array( 'https://pay.example#' . self::CODE, 'owner: pairing-refused' ),
			'silence'    => array( 'https://elsewhere.example/x#' . self::CODE, 'cannot be reached' ),
		);
	}

	public function test_an_answer_without_a_key_is_none(): void {
		$this->answer( 'POST /v1/pairings', array( 'key_id' => 'gwk_new', 'secret' => 'short' ) );
		$this->assertNotSame( '', $this->plugin->pairing()->redeem( 'https://pay.example#' . self::CODE ) );
		$this->assertFalse( $this->plugin->connection()->exists() );
	}

	public function test_nothing_happens_without_nonce_or_right(): void {
		$this->bridge_pairs();
		$this->method();
		Site::$nonces_are_valid = false;
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => 'https://pay.example#' . self::CODE ) );
		Site::$nonces_are_valid = true;
		Site::$may              = array();
		$this->press( 'gatewright-pair', array( 'gatewright_pairing_code' => 'https://pay.example#' . self::CODE ) );
		$this->assertSame( array(), Site::$sent );
		$this->assertFalse( $this->plugin->connection()->exists() );
	}

	public function test_connect_leads_to_the_bridges_page(): void {
		$this->method();
		$this->assertSame(
			array( 'redirect', 'https://pay.example/connect?store_url=https%3A%2F%2Fshop.example&return_url=https%3A%2F%2Fshop.example%2Fwp-admin%2Fadmin.php%3Fpage%3Dwc-settings%26tab%3Dcheckout%26section%3Dgatewright' ),
			$this->end_of( function () {
				$this->press( 'gatewright-connect', array( 'gatewright_bridge' => 'https://pay.example/' ) );
			} )
		);
		$this->press( 'gatewright-connect', array( 'gatewright_bridge' => 'javascript:alert(1)' ) );
		$this->assertSame( 'error', Site::$messages[0][0] );
	}

	public function test_disconnect_forgets_bridge_and_keys(): void {
		$this->connect();
		$this->method();
		$this->press( 'gatewright-disconnect' );
		$this->assertFalse( $this->plugin->connection()->exists() );
		$this->assertArrayNotHasKey( 'gatewright_keys', Site::$options );
	}

	public function test_the_screen_tells_what_is_wrong_and_what_helps(): void {
		$this->bridge_pairs();
		$this->connect();
		Site::$options['permalink_structure']            = '';
		Site::$options['woocommerce_hold_stock_minutes'] = '10';
		$this->answer( 'GET /v1/attention', array( 'findings' => array( array( 'severity' => 'error', 'cause' => 'The shop refuses <our> REST keys.', 'remedy' => 'Connect again.' ) ) ) );
		$html = $this->screen();
		foreach ( array( 'Permalinks are plain', 'after 10 minutes', 'refuses &lt;our&gt; REST keys', 'Connect again.', 'Test mode', 'Crypto Pay', 'My shop' ) as $text ) {
			$this->assertStringContainsString( $text, $html );
		}
		$this->assertStringNotContainsString( 'The connection works', $html );
	}

	public function test_what_the_bridge_says_too_is_said_once(): void {
		$this->bridge_pairs();
		$this->connect();
		Site::$options['woocommerce_hold_stock_minutes'] = '10';
		$row = array( 'code' => 'hold-stock-short', 'severity' => 'info', 'cause' => 'Words of the bridge.', 'remedy' => '' );
		$this->answer( 'GET /v1/attention', array( 'findings' => array( $row ) ) );
		$html = $this->screen();
		$this->assertStringContainsString( 'notice-info"><p><strong>Words of the bridge.', $html );
		$this->assertStringNotContainsString( 'after 10 minutes', $html );
	}

	public function test_the_screen_of_a_good_connection_and_of_none(): void {
		$this->bridge_pairs();
		$this->connect();
		$this->assertStringContainsString( 'The connection works', $this->screen() );
		$this->plugin->connection()->disconnect();
		$this->assertStringContainsString( 'name="gatewright_pairing_code"', $this->screen() );
	}

	public function test_clocks_that_differ_are_found(): void {
		$this->bridge_pairs();
		$this->connect();
		Site::$now += 120;
		$this->assertStringContainsString( 'differ by 120 seconds', $this->screen() );
	}

	public function test_a_broken_connection_is_noticed_after_two_minutes_and_forgotten_when_it_works(): void {
		$this->connect();
		$notices = function () {
			return $this->output_of( static function () {
				do_action( 'admin_notices' );
			} );
		};
		$this->plugin->bridge()->hello();
		$this->assertSame( '', $notices() );
		Site::$now += 120;
		$this->plugin->bridge()->hello();
		$this->assertStringContainsString( 'has been broken since', $notices() );
		$this->answer( 'GET /v1/hello', array( 'mode' => 'live' ) );
		$this->plugin->bridge()->hello();
		$this->assertSame( '', $notices() );
		$this->problem( 'GET /v1/hello', 401, 'unauthorized' );
		$this->plugin->bridge()->hello();
		$this->assertStringContainsString( 'has been broken since', $notices() );
		Site::$may = array();
		$this->assertSame( '', $notices() );
	}

	public function test_enabled_without_a_connection_and_test_mode_are_noticed(): void {
		$this->connect( array( 'mode' => 'test' ) );
		$notices = function () {
			return $this->output_of( static function () {
				do_action( 'admin_notices' );
			} );
		};
		$this->assertStringContainsString( 'test mode', $notices() );
		$this->plugin->connection()->disconnect();
		$this->assertStringContainsString( 'not connected', $notices() );
	}

	public function test_once_an_hour_mode_and_gateways_are_read_again(): void {
		$this->connect();
		$this->bridge_pairs();
		$this->assertSame( array( 'gatewright_refresh' => 'hourly' ), Site::$cron );
		do_action( 'gatewright_refresh' );
		$this->assertTrue( $this->plugin->connection()->is_test() );
		$this->assertSame( array( 'crypto-pay' => 'Crypto Pay' ), $this->plugin->connection()->gateways() );
		$this->plugin->connection()->disconnect();
		do_action( 'gatewright_refresh' );
		$this->assertCount( 1, Site::$sent );
		do_action( 'deactivate_gatewright-for-woocommerce/gatewright-for-woocommerce.php' );
		$this->assertSame( array(), Site::$cron );
	}

	public function test_every_step_is_logged_when_the_owner_wants_it(): void {
		$this->connect();
		$this->bridge_pairs();
		$this->plugin->bridge()->hello();
		$this->assertSame( '', Site::log_text() );
		Site::$options['woocommerce_gatewright_settings']['debug'] = 'yes';
		$this->plugin->bridge()->hello();
		$this->assertSame( 'Called the bridge: GET /v1/hello', Site::log_text() );
	}

	/** @dataProvider addresses */
	public function test_addresses_of_bridges( string $text, ?string $address ): void {
		$this->assertSame( $address, Bridge_Address::parse( $text ) );
	}

	public function addresses(): array {
		return array(
			array( 'https://Pay.Example:8443/a/', 'https://pay.example:8443/a' ),
			array( 'http://127.0.0.1:3000', 'http://127.0.0.1:3000' ),
			array( 'http://pay.example', null ),
			array( 'https://user:pass@pay.example', null ),
			array( 'ftp://pay.example', null ),
			array( 'https://pay.example/ x', null ),
			array( 'pay.example', null ),
			array( '', null ),
		);
	}

	public function test_http_is_for_development(): void {
		Site::$environment = 'local';
		$this->assertSame( 'http://bridge:3000', Bridge_Address::parse( 'http://bridge:3000' ) );
		$this->assertNull( Pairing_Code::parse( 'https://pay.example#' . self::CODE . '#' . self::CODE ) );
	}
}
