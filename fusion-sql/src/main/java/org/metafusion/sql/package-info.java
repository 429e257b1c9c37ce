/**
 * Data sets that are tables: Parquet, CSV, JSON lines, DuckDB databases and SQL, read through DuckDB.
 * {@link org.metafusion.sql.TableSource} reads them, {@link org.metafusion.sql.TableMapping} says which column is what.
 */
@NullMarked
package org.metafusion.sql;

import org.jspecify.annotations.NullMarked;
