<?php
/**
 * Double of WordPress' dbDelta: takes the statement apart as strictly as the real one has to be written for.
 */

function dbDelta( $sql ) {
	global $wpdb;
	if ( 1 !== preg_match( '/\ACREATE TABLE (\w+) \(\n(.+)\n\) [^;]+;\z/s', $sql, $parts ) ) {
		throw new LogicException( "dbDelta cannot read: $sql" );
	}
	$columns = array();
	foreach ( explode( "\n", $parts[2] ) as $line ) {
		$line = rtrim( $line, ',' );
		if ( 0 === strpos( $line, 'PRIMARY KEY' ) ) {
			// dbDelta wants two spaces behind PRIMARY KEY.
			if ( 1 !== preg_match( '/\APRIMARY KEY  \((\w+)\)\z/', $line, $key ) ) {
				throw new LogicException( "dbDelta cannot read: $line" );
			}
		} elseif ( 0 !== strpos( $line, 'KEY ' ) ) {
			$columns[ strtok( $line, ' ' ) ] = $line;
		}
	}
	$wpdb->create( $parts[1], $columns, $key[1] );
}
