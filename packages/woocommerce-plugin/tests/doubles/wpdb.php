<?php
/**
 * Double of the database: named locks, and tables that only know the statements the plugin sends.
 */

final class wpdb {

	public $prefix  = 'wp_';
	public $options = 'wp_options';
	public $fails   = false;
	/** Locks of other connections. */
	public $locks_of_others = array();
	/** Locks of this connection. */
	public $locks    = array();
	public $lock_log = array();
	/** table → [columns, key, rows]. */
	public $tables = array();
	/** Runs before the next INSERT: what another process does in that moment. */
	public $before_insert;

	public function get_charset_collate() {
		return 'DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci';
	}

	public function create( string $table, array $columns, string $key ): void {
		$this->tables[ $table ] = $this->tables[ $table ] ?? compact( 'columns', 'key' ) + array( 'rows' => array() );
	}

	public function esc_like( $text ) {
		return addcslashes( $text, '_%\\' );
	}

	public function prepare( $sql, ...$values ) {
		if ( preg_match( "/['\"]%[sd]|%[sd]['\"]/", $sql ) ) {
			throw new LogicException( "quoted placeholder: $sql" );
		}
		if ( substr_count( $sql, '%s' ) + substr_count( $sql, '%d' ) !== count( $values ) ) {
			throw new LogicException( "placeholders and values differ: $sql" );
		}
		return preg_replace_callback(
			'/%[sd]/',
			static function ( $hit ) use ( &$values ) {
				$value = array_shift( $values );
				if ( '%d' === $hit[0] ) {
					return (string) (int) $value;
				}
				if ( ! is_string( $value ) ) {
					throw new LogicException( '%s takes a string' );
				}
				return "'" . addslashes( $value ) . "'";
			},
			$sql
		);
	}

	public function query( $sql ) {
		if ( $this->fails ) {
			return false;
		}
		if ( preg_match( '/\ADROP TABLE IF EXISTS (\w+)\z/', $sql, $parts ) ) {
			unset( $this->tables[ $parts[1] ] );
			return true;
		}
		if ( preg_match( '/\AINSERT IGNORE INTO (\w+) \(([^)]+)\) VALUES \((.+)\)\z/s', $sql, $parts ) ) {
			return $this->insert_ignore( $parts[1], explode( ', ', $parts[2] ), $this->values( $parts[3] ) );
		}
		if ( preg_match( '/\AUPDATE (\w+) SET (.+) WHERE (.+)\z/s', $sql, $parts ) ) {
			return $this->update_rows( $parts[1], $this->pairs( $parts[2], ', ' ), $this->pairs( $parts[3], ' AND ' ) );
		}
		if ( preg_match( '/\ADELETE FROM (\w+) WHERE (\w+) < (\d+) LIMIT \d+\z/', $sql, $parts ) ) {
			$table = &$this->table( $parts[1] );
			foreach ( $table['rows'] as $at => $row ) {
				if ( $row[ $parts[2] ] < (int) $parts[3] ) {
					unset( $table['rows'][ $at ] );
				}
			}
			return 0;
		}
		if ( preg_match( "/\ADELETE FROM (\w+) WHERE (\w+) = (\d+) AND (\w+) <> '(.*)' AND \\4 <> '(.*)'\z/", $sql, $parts ) ) {
			$table = &$this->table( $parts[1] );
			foreach ( $table['rows'] as $at => $row ) {
				if ( $row[ $parts[2] ] === (int) $parts[3] && ! in_array( $row[ $parts[4] ], array( $parts[5], $parts[6] ), true ) ) {
					unset( $table['rows'][ $at ] );
				}
			}
			return 0;
		}
		throw new LogicException( "unknown statement: $sql" );
	}

	public function get_var( $sql ) {
		if ( preg_match( "/\ASELECT GET_LOCK\('(.*)', (\d+)\)\z/", $sql, $parts ) ) {
			return $this->get_lock( $parts[1] );
		}
		if ( preg_match( "/\ASELECT RELEASE_LOCK\('(.*)'\)\z/", $sql, $parts ) ) {
			$held = in_array( $parts[1], $this->locks, true );
			$this->locks      = array_diff( $this->locks, array( $parts[1] ) );
			$this->lock_log[] = "release $parts[1]";
			return $held ? '1' : '0';
		}
		$row = $this->get_row( $sql, ARRAY_A );
		return null === $row ? null : (string) reset( $row );
	}

	public function get_row( $sql, $form ) {
		if ( $this->fails ) {
			return null;
		}
		if ( ! preg_match( '/\ASELECT ([\w, ]+) FROM (\w+) WHERE (.+)\z/s', $sql, $parts ) ) {
			throw new LogicException( "unknown statement: $sql" );
		}
		$where = $this->pairs( $parts[3], ' AND ' );
		foreach ( $this->table( $parts[2] )['rows'] as $row ) {
			if ( $where === array_intersect_key( $row, $where ) ) {
				// MySQL gives text, whatever the column is.
				return array_map( 'strval', array_intersect_key( $row, array_flip( explode( ', ', $parts[1] ) ) ) );
			}
		}
		return null;
	}

	public function get_col( $sql ) {
		if ( ! preg_match_all( "/option_name LIKE '((?:[^'\\\\]|\\\\.)*)'/", $sql, $likes ) ) {
			throw new LogicException( "unknown statement: $sql" );
		}
		$names = array_merge( array_keys( Site::$options ), array_map( static function ( $name ) {
			return "_transient_$name";
		}, array_keys( Site::$transients ) ) );
		return array_values( array_filter( $names, static function ( $name ) use ( $likes ) {
			foreach ( $likes[1] as $like ) {
				$pattern = str_replace( array( '\\\\\\\\_', '%' ), array( '_', '.*' ), preg_quote( $like, '/' ) );
				if ( preg_match( "/\A$pattern\z/", $name ) ) {
					return true;
				}
			}
			return false;
		} ) );
	}

	private function get_lock( string $name ): ?string {
		if ( strlen( $name ) > 64 ) {
			throw new LogicException( "MySQL refuses lock names of more than 64 characters: $name" );
		}
		if ( $this->fails ) {
			return null;
		}
		if ( in_array( $name, $this->locks_of_others, true ) ) {
			return '0';
		}
		$this->locks[]    = $name;
		$this->lock_log[] = "get $name";
		return '1';
	}

	private function insert_ignore( string $name, array $columns, array $values ): int {
		if ( null !== $this->before_insert ) {
			$run                 = $this->before_insert;
			$this->before_insert = null;
			$run();
		}
		$table = &$this->table( $name );
		$row   = array_combine( $columns, $values );
		if ( array_diff( array_keys( $table['columns'] ), $columns ) || array_diff( $columns, array_keys( $table['columns'] ) ) ) {
			throw new LogicException( "columns of $name: " . implode( ', ', $columns ) );
		}
		foreach ( $row as $column => $value ) {
			if ( preg_match( '/char\((\d+)\)/', $table['columns'][ $column ], $size ) && strlen( (string) $value ) > (int) $size[1] ) {
				throw new LogicException( "too long for $name.$column" );
			}
		}
		foreach ( $table['rows'] as $known ) {
			// The collation holds "a" and "A" to be the same.
			if ( strtolower( (string) $known[ $table['key'] ] ) === strtolower( (string) $row[ $table['key'] ] ) ) {
				return 0;
			}
		}
		$table['rows'][] = $row;
		return 1;
	}

	private function update_rows( string $name, array $set, array $where ): int {
		$table   = &$this->table( $name );
		$changed = 0;
		foreach ( $table['rows'] as &$row ) {
			if ( $where === array_intersect_key( $row, $where ) ) {
				$row = array_merge( $row, $set );
				++$changed;
			}
		}
		return $changed;
	}

	private function &table( string $name ): array {
		if ( ! isset( $this->tables[ $name ] ) ) {
			throw new LogicException( "no table $name" );
		}
		return $this->tables[ $name ];
	}

	private function values( string $list ): array {
		preg_match_all( "/'((?:[^'\\\\]|\\\\.)*)'|(-?\d+)/s", $list, $hits, PREG_SET_ORDER );
		return array_map( static function ( $hit ) {
			return isset( $hit[2] ) ? (int) $hit[2] : stripslashes( $hit[1] );
		}, $hits );
	}

	private function pairs( string $list, string $glue ): array {
		preg_match_all( "/(\w+) = ('(?:[^'\\\\]|\\\\.)*'|-?\d+)(?:" . preg_quote( $glue, '/' ) . '|\z)/s', $list, $hits, PREG_SET_ORDER );
		$pairs = array();
		foreach ( $hits as $hit ) {
			$pairs[ $hit[1] ] = $this->values( $hit[2] )[0];
		}
		ksort( $pairs );
		return $pairs;
	}
}
