/**
 * People with an account: who they are, and the salted keys (SCRAM, RFC 5802 §3) by which a login with their password is judged. The password itself is
 * nowhere.
 */
@NullMarked
package io.convoke.actors.user;

import org.jspecify.annotations.NullMarked;
