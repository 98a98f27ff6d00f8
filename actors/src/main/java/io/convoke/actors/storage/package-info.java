/**
 * The one database behind everything that must outlive a process: H2 in the data folder, or PostgreSQL when the
 * configuration names one. Opens it, migrates its tables, and lends it to those who keep rows in it.
 */
@NullMarked
package io.convoke.actors.storage;

import org.jspecify.annotations.NullMarked;
