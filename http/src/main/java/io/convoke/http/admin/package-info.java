/**
 * Who may administer: HTTP Basic (RFC 7617) with the administrator's password, over TLS or on the machine itself; and from a page of our own only, where a
 * browser asks.
 */
@NullMarked
package io.convoke.http.admin;

import org.jspecify.annotations.NullMarked;
