/**
 * Guests: the account that each login makes and each call drop removes, and the credentials it has in the database
 * meanwhile.
 */
@NullMarked
package io.convoke.actors.guest;

import org.jspecify.annotations.NullMarked;
