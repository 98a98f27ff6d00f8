/** The web admin: pages for administrators, over the API and the states that programs use too. */
@NullMarked
package io.convoke.http.webadmin;

import org.jspecify.annotations.NullMarked;
